/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static java.util.Objects.requireNonNull;

import io.github.llmcamel.codec.gemini.VertexPaths;
import io.github.llmcamel.codec.openai.AzurePaths;
import io.github.llmcamel.provider.KeyPolicy;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Quirk;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes of what users paste the URL that paths are appended to: {@code localhost:8000} and {@code
 * http://localhost:8000/v1/chat/completions} both become {@code http://localhost:8000/v1}, and for
 * Ollama {@code http://localhost:8000}.
 */
final class BaseUrl {

  private static final Set<String> SCHEMES = Set.of("http", "https", Providers.SIMULATOR_SCHEME);

  /** What is pasted beyond the base; of Gemini, a model with or without what is asked of it. */
  private static final Map<Protocol, Pattern> ENDS =
      Map.of(
          Protocol.OPENAI, Pattern.compile("(/chat/completions)+$"),
          Protocol.ANTHROPIC, Pattern.compile("(/v1(/messages)?)+$"),
          Protocol.OLLAMA, Pattern.compile("(/v1(/chat/completions)?|/api(/chat)?)+$"),
          Protocol.GEMINI, Pattern.compile("/(models|tunedModels)(/[^/]*)?$"));

  /** Addresses to listen on, copied from a server's settings; nobody can be called there. */
  private static final Map<String, String> LOOPBACK =
      Map.of("0.0.0.0", "127.0.0.1", "[::]", "[::1]");

  private BaseUrl() {}

  /**
   * Reads a base URL.
   *
   * @param source the option or variable it comes from, for the message
   * @throws IllegalArgumentException naming {@code source} and the cure, never the value: it may
   *     hold a password
   */
  static URI parse(String text, String source, Provider provider) {
    // Without an address in front of the port, servers are told to listen on all of them.
    String whole = text.strip().replaceFirst("^:", "localhost:");
    boolean hasScheme = whole.contains("://");
    URI pasted = uri(hasScheme ? whole : "http://" + whole, source);
    String host = pasted.getHost();
    if (host == null || !SCHEMES.contains(pasted.getScheme())) {
      throw refused(source, "is not an http or https URL with a host");
    }
    if (pasted.getRawUserInfo() != null) {
      throw refused(source, "holds a user name; put credentials into httpHeader.Authorization");
    }
    String query = pasted.getRawQuery() == null ? "" : "?" + pasted.getRawQuery();
    String origin =
        hasScheme || pasted.getPort() >= 0
            ? origin(pasted.getScheme(), host, pasted.getPort())
            : usualOrigin(host, provider);
    URI url = uri(origin + path(pasted, provider) + query, source);
    if (lacksVersion(url, provider)) {
      throw new IllegalArgumentException(
          ("%s has no api-version, which deployments need. Append ?api-version=2024-10-21, or let"
                  + " its path end in /openai/v1.")
              .formatted(source));
    }
    if (provider.has(Quirk.PUBLISHER_IN_PATH) && !VertexPaths.canLeadToModels(url)) {
      throw new IllegalArgumentException(
          source
              + " names no publisher. Let its path end in"
              + " /v1/projects/<project>/locations/<location>/publishers/google.");
    }
    DeadEnd.warn(url, source, provider);
    return url;
  }

  private static boolean lacksVersion(URI url, Provider provider) {
    return provider.has(Quirk.DEPLOYMENT_IN_PATH)
        && AzurePaths.isClassic(url)
        && !AzurePaths.hasVersion(url.getRawQuery());
  }

  /** A bare host name stands for the provider's own port, and never shows a key to the network. */
  private static String usualOrigin(String host, Provider provider) {
    URI known = provider.baseUrl();
    String scheme = provider.keyPolicy() == KeyPolicy.REQUIRED ? "https" : "http";
    return origin(scheme, host, known == null ? -1 : known.getPort());
  }

  private static String origin(String scheme, String host, int port) {
    String address = scheme + "://" + LOOPBACK.getOrDefault(host, host);
    return port < 0 ? address : address + ":" + port;
  }

  private static String path(URI pasted, Provider provider) {
    Pattern end = requireNonNull(ENDS.get(provider.protocol()));
    String whole = withoutSlash(pasted.getRawPath());
    String path = withoutSlash(end.matcher(whole).replaceFirst(""));
    if (!path.isEmpty()) {
      return path;
    }
    boolean classic =
        provider.has(Quirk.DEPLOYMENT_IN_PATH)
            && AzurePaths.hasClassicVersion(pasted.getRawQuery());
    return classic ? AzurePaths.CLASSIC : provider.basePath();
  }

  private static String withoutSlash(String path) {
    return path.replaceFirst("/+$", "");
  }

  private static URI uri(String text, String source) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Not as the cause: its message repeats the value.
      throw refused(source, "is not a URL: " + e.getReason());
    }
  }

  private static IllegalArgumentException refused(String source, String problem) {
    return new IllegalArgumentException(
        "%s %s. It looks like http://localhost:8000/v1.".formatted(source, problem));
  }
}
