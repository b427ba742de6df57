/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A key that was just made. The only place where a whole key is.
 *
 * @param id who is to have it
 * @param text the key itself: for its owner, and kept nowhere
 */
public record NewKey(String id, String text) {

  /**
   * Makes a key of 256 random bits.
   *
   * @throws IllegalArgumentException if nobody can have that id; says the rule
   */
  public static NewKey create(String id) {
    byte[] secret = new byte[KeyText.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new NewKey(KeyText.checkedId(id), KeyText.of(id, HexFormat.of().formatHex(secret)));
  }

  /** What is kept of it. */
  public String sha256() {
    return HexFormat.of().formatHex(KeyText.sha256(text));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "NewKey[id=%s]".formatted(id);
  }
}
