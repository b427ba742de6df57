/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what users paste the URL that paths are appended to: {@code localhost:8000} and {@code
 * http://localhost:8000/v1/chat/completions} both become {@code http://localhost:8000/v1}, and for
 * Ollama {@code http://localhost:8000}.
 */
final class BaseUrl {

  private static final Set<String> SCHEMES = Set.of("http", "https", Providers.SIMULATOR_SCHEME);

  /** What is pasted beyond the base, in the order in which it is taken off. */
  private static final Map<Protocol, List<String>> ENDS =
      Map.of(
          Protocol.OPENAI, List.of("/chat/completions"),
          Protocol.OLLAMA, List.of("/v1/chat/completions", "/v1", "/api/chat", "/api"));

  /** Addresses to listen on, copied from a server's settings; nobody can be called there. */
  private static final Map<String, String> LOOPBACK =
      Map.of("0.0.0.0", "127.0.0.1", "[::]", "[::1]");

  /** A model, with or without what is asked of it, or the list of all. */
  private static final Pattern GEMINI_MODEL = Pattern.compile("/(models|tunedModels)(/[^/]*)?$");

  private BaseUrl() {}

  /**
   * Reads a base URL.
   *
   * @param source the option or variable it comes from, for the message
   * @throws IllegalArgumentException naming {@code source} and the cure, never the value: it may
   *     hold a password
   */
  static URI parse(String text, String source, Provider provider) {
    String trimmed = text.strip();
    URI pasted = uri(trimmed.contains("://") ? trimmed : "http://" + trimmed, source);
    String host = pasted.getHost();
    if (host == null || !SCHEMES.contains(pasted.getScheme())) {
      throw refused(source, "is not an http or https URL with a host");
    }
    if (pasted.getRawUserInfo() != null) {
      throw refused(source, "holds a user name; put credentials into httpHeader.Authorization");
    }
    int number = pasted.getPort() < 0 ? usualPort(trimmed, provider) : pasted.getPort();
    String port = number < 0 ? "" : ":" + number;
    String query = pasted.getRawQuery() == null ? "" : "?" + pasted.getRawQuery();
    return uri(
        pasted.getScheme()
            + "://"
            + LOOPBACK.getOrDefault(host, host)
            + port
            + path(pasted.getRawPath(), provider)
            + query,
        source);
  }

  /** A bare host name means Ollama's own port to Ollama's users; -1 leaves it to the scheme. */
  private static int usualPort(String pasted, Provider provider) {
    URI known = provider.baseUrl();
    boolean isBare = provider.protocol() == Protocol.OLLAMA && !pasted.contains("://");
    return isBare && known != null ? known.getPort() : -1;
  }

  private static String path(@Nullable String pasted, Provider provider) {
    String path = withoutTrailing("/", pasted == null ? "" : pasted);
    for (String end : ENDS.getOrDefault(provider.protocol(), List.of())) {
      path = withoutTrailing("/", withoutTrailing(end, path));
    }
    if (provider.protocol() == Protocol.GEMINI) {
      path = GEMINI_MODEL.matcher(path).replaceFirst("");
    }
    URI known = provider.baseUrl();
    return path.isEmpty() && known != null ? known.getRawPath() : path;
  }

  private static String withoutTrailing(String end, String path) {
    return path.endsWith(end)
        ? withoutTrailing(end, path.substring(0, path.length() - end.length()))
        : path;
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
