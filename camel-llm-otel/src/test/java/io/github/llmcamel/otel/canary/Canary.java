/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;

/** A word for each kind of what must not leave, so that one that is found tells its kind. */
enum Canary {
  SYSTEM,
  USER,
  HISTORY,
  ARGUMENTS,
  RESULT,
  DEFINITION,
  MEDIA,
  USER_ID,
  ANSWER,
  REASONING,
  REFUSAL,
  CALL,
  KEY,
  CREDENTIAL,
  AUTHORIZATION;

  String word() {
    return "canary-%s-7f3a91c2d4e5".formatted(name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** A text that has the word in it. */
  String sentence() {
    return "Whoever reads this has seen %s and should not have.".formatted(word());
  }

  /** The word as the content of a piece of media. */
  private String base64() {
    return Base64.getEncoder().encodeToString(word().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A text with the sentences in place of {@code %SYSTEM%} and so on, and media in that of {@code
   * %BASE64%}.
   */
  static String in(String template) {
    String text = template.replace("%BASE64%", MEDIA.base64());
    for (Canary canary : values()) {
      text = text.replace("%" + canary.name() + "%", canary.sentence());
    }
    return text;
  }

  /** Which of them a text holds, each with what stands around it. */
  static Stream<String> found(String text) {
    return Stream.of(values())
        .filter(canary -> text.contains(canary.word()) || text.contains(canary.base64()))
        .map(canary -> canary + " in …" + canary.around(text) + "…");
  }

  private String around(String text) {
    int at = Math.max(text.indexOf(word()), text.indexOf(base64()));
    return text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 50));
  }
}
