/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** How a key is written: {@code sk-<id>-<64 hexadecimal digits>}. */
final class KeyText {

  static final String ID = "[a-z0-9][a-z0-9_-]{0,31}";

  static final int SECRET_BYTES = 32;

  private KeyText() {}

  /**
   * @throws IllegalArgumentException if nobody can have that id
   */
  static String checkedId(String id) {
    if (!id.matches(ID)) {
      throw new IllegalArgumentException(
          "The id of a key has 1 to 32 characters: small letters, digits, _ and -, and the first"
              + " is a letter or a digit.");
    }
    return id;
  }

  static String of(String id, String secret) {
    return "sk-" + id + "-" + secret;
  }

  /** What is kept of a key; it is random enough to need no salt. */
  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
