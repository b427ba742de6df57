/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Headers as OpenTelemetry writes them into one property: {@code name=value,name=value}, values
 * percent-encoded. Names in any case. Confined to one thread; never printed, they hold secrets.
 */
final class OtlpHeaders {

  private static final String AUTHORIZATION = "authorization";

  private final Map<String, String> encoded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Adds what is not there yet.
   *
   * @param property headers in the form of the property; null adds none
   * @throws IllegalArgumentException if a value is not percent-encoded
   */
  void addMissing(@Nullable String property) {
    if (property == null) {
      return;
    }
    for (String header : property.split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        putIfAbsent(header.substring(0, equals).trim(), header.substring(equals + 1).trim());
      }
    }
  }

  /** Adds the credential that {@code token} is, unless there is a credential already. */
  void addMissingToken(String scheme, String token) {
    putIfAbsent(
        AUTHORIZATION,
        scheme + "%20" + URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  boolean hasCredential() {
    return encoded.containsKey(AUTHORIZATION);
  }

  boolean isEmpty() {
    return encoded.isEmpty();
  }

  String toProperty() {
    return encoded.entrySet().stream()
        .map(header -> header.getKey() + "=" + header.getValue())
        .collect(Collectors.joining(","));
  }

  private void putIfAbsent(String name, String value) {
    if (!value.isEmpty()) {
      encoded.putIfAbsent(name.toLowerCase(Locale.ROOT), decodable(name, value));
    }
  }

  /** Refuses here what the exporter would refuse with the value, a secret, in its message. */
  private static String decodable(String name, String value) {
    try {
      URLDecoder.decode(value, StandardCharsets.UTF_8);
      return value;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The value of the OTLP header %s is not percent-encoded".formatted(name));
    }
  }
}
