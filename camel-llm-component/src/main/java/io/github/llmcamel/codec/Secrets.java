/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a call shows to a provider and nobody else may see: its key, and the credentials among the
 * user's headers. Some providers quote them in their errors. Immutable; prints none of them.
 */
public final class Secrets {

  /** Of a call that shows none. */
  public static final Secrets NONE = new Secrets(List.of());

  private static final String MASK = "***";

  /** Masking a shorter value would hit ordinary words. */
  private static final int SHORTEST = 8;

  /** Headers whose values are credentials. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "auth|key|token|secret|passw|cookie|credential|session", Pattern.CASE_INSENSITIVE);

  private final List<String> values;

  private Secrets(List<String> values) {
    this.values = values;
  }

  /** The secrets that are shown to {@code destination}. */
  public static Secrets of(Destination destination) {
    List<String> values = new ArrayList<>();
    Secret key = destination.apiKey();
    if (key != null) {
      values.add(key.value());
    }
    for (Map.Entry<String, String> header : destination.headers().entrySet()) {
      if (CREDENTIALS.matcher(header.getKey()).find()) {
        String value = header.getValue().strip();
        values.add(value);
        // Behind the scheme, as in "Bearer …", stands what may be quoted alone.
        values.add(value.substring(value.indexOf(' ') + 1));
      }
    }
    values.removeIf(value -> value.length() < SHORTEST);
    return new Secrets(List.copyOf(values));
  }

  /** The text with {@code ***} in place of every secret; escaped as in JSON they count as well. */
  public String mask(String text) {
    String masked = text;
    for (String value : values) {
      masked = mask(value, masked);
    }
    return masked;
  }

  private static String mask(String secret, String text) {
    StringBuilder masked = new StringBuilder();
    int kept = 0;
    for (int at = 0; at < text.length(); at++) {
      int end = end(secret, text, at);
      if (end > 0) {
        masked.append(text, kept, at).append(MASK);
        kept = end;
        at = end - 1;
      }
    }
    return kept == 0 ? text : masked.append(text, kept, text.length()).toString();
  }

  /** Where the secret ends that begins at {@code start}; 0 if none does. */
  private static int end(String secret, String text, int start) {
    int at = start;
    for (int i = 0; i < secret.length(); i++) {
      if (at == text.length()) {
        // Error bodies are cut at a limit, and that may be inside a secret.
        return i < SHORTEST ? 0 : at;
      }
      int length = length(secret.charAt(i), text, at);
      if (length == 0) {
        return 0;
      }
      at += length;
    }
    return at;
  }

  /** How long the text spells {@code c} at this place; 0 if it spells something else. */
  private static int length(char c, String text, int at) {
    if (text.charAt(at) == c) {
      return 1;
    }
    if (text.charAt(at) != '\\') {
      return 0;
    }
    if (text.startsWith(String.valueOf(c), at + 1)) {
      return 2;
    }
    String unicode = "\\u%04x".formatted((int) c);
    return text.regionMatches(true, at, unicode, 0, unicode.length()) ? unicode.length() : 0;
  }
}
