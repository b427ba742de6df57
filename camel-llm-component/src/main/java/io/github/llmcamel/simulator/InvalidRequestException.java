/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import org.jspecify.annotations.Nullable;

/** A request that is answered with status 400. The message names the cure and no value. */
final class InvalidRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable String member;

  /**
   * @param member the member at fault, null if it is the body as a whole
   */
  InvalidRequestException(@Nullable String member, String message) {
    super(message);
    this.member = member;
  }

  @Nullable String member() {
    return member;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
