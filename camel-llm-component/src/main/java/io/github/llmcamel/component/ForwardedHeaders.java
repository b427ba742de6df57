/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message that are sent to the provider, and no others are. Immutable.
 *
 * @param names as HTTP knows them
 */
record ForwardedHeaders(List<String> names) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  /** What HTTP accepts everywhere: ASCII without control characters. */
  private static final Pattern VALUE = Pattern.compile("[\\t -~]*");

  /** Those that show a key, and those that say how the request itself is to be read. */
  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "api-key",
          "x-api-key",
          "x-goog-api-key",
          "host",
          "content-length",
          "content-type",
          "content-encoding",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "accept",
          "accept-encoding");

  ForwardedHeaders {
    names = List.copyOf(names);
  }

  /**
   * Reads the option {@code forwardHeaders}.
   *
   * @param names separated by commas; null is none
   * @throws IllegalArgumentException if one of them is no name of a header, or not the message's to
   *     set
   */
  static ForwardedHeaders of(@Nullable String names, Provider provider) {
    List<String> read = new ArrayList<>();
    for (String part : names == null ? new String[0] : names.split(",")) {
      String name = part.strip();
      if (!name.isEmpty()) {
        read.add(checked(name, provider));
      }
    }
    return new ForwardedHeaders(read);
  }

  private static String checked(String name, Provider provider) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          ("forwardHeaders holds '%s', which is no name of an HTTP header. Write names separated by"
                  + " commas, such as X-Team,X-Request-Id.")
              .formatted(name));
    }
    boolean showsKey =
        provider.auth() instanceof Auth.HeaderKey key && key.header().equalsIgnoreCase(name);
    if (showsKey || OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          ("forwardHeaders holds %s, which is never taken from a message. Remove it; a key belongs"
                  + " into apiKey, a constant value into httpHeader.%s.")
              .formatted(name, name));
    }
    return name;
  }

  /**
   * The destination with the headers that the message has; they win over its own.
   *
   * @throws IllegalArgumentException if a value cannot be sent; it is not quoted
   */
  Destination addTo(Destination destination, Message message) {
    if (names.isEmpty()) {
      return destination;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(destination.headers());
    for (String name : names) {
      String value = text(message.getHeader(name));
      if (!value.isEmpty()) {
        headers.put(name, checkedValue(name, value));
      }
    }
    return destination.withHeaders(headers);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Iterable<?> values) {
      return StreamSupport.stream(values.spliterator(), false)
          .map(String::valueOf)
          .collect(Collectors.joining(", "));
    }
    return value == null ? "" : value.toString().strip();
  }

  private static String checkedValue(String name, String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          ("The header %s holds a line break or another character that HTTP cannot send. Remove it"
                  + " from the value, or the name from forwardHeaders.")
              .formatted(name));
    }
    return value;
  }
}
