/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.model.Usage;

/**
 * How many tokens a call may come to, before it is made. Thread-safe.
 *
 * <p>Output: what the call asks for at most, else twice the longest output so far. Input: what its
 * bytes came to at worst so far.
 */
final class TokenEstimate {

  /** Before anything is known: no text has more tokens than bytes. */
  private static final double FIRST_TOKENS_PER_BYTE = 1;

  private static final long FIRST_OUTPUT = 1000;

  private double tokensPerByte;
  private long longestOutput;

  synchronized Usage of(RequestPreview request) {
    double perByte = tokensPerByte == 0 ? FIRST_TOKENS_PER_BYTE : tokensPerByte;
    Integer asked = request.maxTokens();
    long output = asked != null ? asked : longestOutput == 0 ? FIRST_OUTPUT : 2 * longestOutput;
    return new Usage((long) Math.ceil(request.bytes() * perByte), output, null, null, null, null);
  }

  /** An answer has come. */
  synchronized void learn(RequestPreview request, Spending taken) {
    if (taken.outputTokens() != null) {
      longestOutput = Math.max(longestOutput, taken.outputTokens());
    }
    if (taken.inputTokens() != null && request.bytes() > 0) {
      tokensPerByte = Math.max(tokensPerByte, (double) taken.inputTokens() / request.bytes());
    }
  }
}
