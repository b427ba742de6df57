/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells conversations apart without showing them: the same words give the same digits. */
final class Fingerprint {

  private static final int BYTES = 6;
  private static final int BEGINNING = 200;

  private Fingerprint() {}

  /**
   * The first 12 hexadecimal digits of the SHA-256 of what the user says; of the beginning of the
   * first message only, where a front end and no user speaks.
   *
   * @param purpose what the call is for
   */
  static String of(String purpose, List<Message> messages) {
    List<String> said =
        messages.stream().filter(Message.User.class::isInstance).map(Message::text).toList();
    String text =
        purpose.equals(Purpose.USER_CHAT) || said.isEmpty()
            ? String.join("|", said)
            : beginning(said.get(0));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String beginning(String text) {
    return text.codePointCount(0, text.length()) <= BEGINNING
        ? text
        : text.substring(0, text.offsetByCodePoints(0, BEGINNING));
  }
}
