/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.EndpointUri;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Azure's two kinds of paths: those of its v1 API are like OpenAI's, the classic ones name the
 * deployment and need an {@code api-version}.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/reference">Azure OpenAI, REST
 *     API reference</a>
 */
public final class AzurePaths {

  /** The path that deployments lie under. */
  public static final String CLASSIC = "/openai";

  private static final String DEPLOYMENTS = CLASSIC + "/deployments/";
  private static final Pattern API_VERSION = Pattern.compile("(?:^|&)api-version=([^&]+)");

  /** Versions are dates, and those before this one refuse stream options. */
  private static final String FIRST_WITH_STREAM_OPTIONS = "2024-09-01";

  private AzurePaths() {}

  /** Whether the classic paths lie under {@code baseUrl}. */
  public static boolean isClassic(URI baseUrl) {
    String path = baseUrl.getRawPath();
    return path.endsWith(CLASSIC) || path.contains(DEPLOYMENTS);
  }

  /** Whether the last segment of {@code baseUrl} is the name of a deployment. */
  public static boolean endsInDeployment(URI baseUrl) {
    String path = baseUrl.getRawPath();
    int deployments = path.indexOf(DEPLOYMENTS);
    return deployments >= 0 && path.indexOf('/', deployments + DEPLOYMENTS.length()) < 0;
  }

  /** Whether a query names a version, which the classic paths need. */
  public static boolean hasVersion(@Nullable String query) {
    return !version(query).isEmpty();
  }

  /** Whether a query names a version of the classic paths; those of the v1 API are words. */
  public static boolean hasClassicVersion(@Nullable String query) {
    String version = version(query);
    return !version.isEmpty() && Character.isDigit(version.charAt(0));
  }

  /** Where {@code path} lies for a deployment. */
  static URI append(URI baseUrl, @Nullable String deployment, String path) {
    boolean unnamed = baseUrl.getRawPath().endsWith(CLASSIC);
    return unnamed && deployment != null
        ? EndpointUri.append(baseUrl, "/deployments/" + EndpointUri.segment(deployment) + path)
        : EndpointUri.append(baseUrl, path);
  }

  /** Where {@code path} lies for all deployments, also where a base URL names one. */
  static URI appendForAll(URI baseUrl, String path) {
    return EndpointUri.append(
        URI.create(baseUrl.toString().replaceFirst("(?<=" + CLASSIC + ")/deployments/[^?]*", "")),
        path);
  }

  static boolean refusesStreamOptions(URI baseUrl) {
    String query = baseUrl.getRawQuery();
    return hasClassicVersion(query) && version(query).compareTo(FIRST_WITH_STREAM_OPTIONS) < 0;
  }

  private static String version(@Nullable String query) {
    Matcher found = API_VERSION.matcher(query == null ? "" : query);
    return found.find() ? found.group(1) : "";
  }
}
