/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import org.jspecify.annotations.Nullable;

/**
 * The most tokens that a run may spend, input and output together. Thread-safe.
 *
 * <p>Each call that is out reserves what it may come to: for its output what it asks for at most,
 * else twice the longest output so far; for its input what its bytes came to at worst so far.
 */
public final class TokenBudget implements CallGate {

  /** Before anything is known: text has more than two bytes to a token. */
  private static final double FIRST_TOKENS_PER_BYTE = 0.5;

  private static final long FIRST_OUTPUT = 1000;

  private final long most;
  private double tokensPerByte;
  private long longestOutput;
  private long spent;
  private long reserved;
  private boolean refused;

  /**
   * @param most 1 and above
   */
  public TokenBudget(long most) {
    this.most = most;
  }

  @Override
  public synchronized Pass enter(RequestPreview request) throws BudgetSpentException {
    long estimate = estimate(request);
    if (spent + reserved + estimate > most) {
      refused = true;
      throw new BudgetSpentException(
          "The budget is %,d tokens; %,d are spent, and the next call may take %,d."
              .formatted(most, spent, estimate));
    }
    reserved += estimate;
    return (taken, failure) -> leave(request, estimate, taken);
  }

  private long estimate(RequestPreview request) {
    double perByte = tokensPerByte == 0 ? FIRST_TOKENS_PER_BYTE : tokensPerByte;
    Integer asked = request.maxTokens();
    long output = asked != null ? asked : longestOutput == 0 ? FIRST_OUTPUT : 2 * longestOutput;
    return (long) Math.ceil(request.bytes() * perByte) + output;
  }

  private synchronized void leave(RequestPreview request, long estimate, Spending taken) {
    reserved -= estimate;
    long input = taken.inputTokens() == null ? 0 : taken.inputTokens();
    long output = taken.outputTokens() == null ? 0 : taken.outputTokens();
    spent += input + output;
    longestOutput = Math.max(longestOutput, output);
    if (request.bytes() > 0) {
      tokensPerByte = Math.max(tokensPerByte, (double) input / request.bytes());
    }
  }

  @Override
  public synchronized @Nullable String exhausted() {
    return refused ? "The budget of %,d tokens is spent: %,d.".formatted(most, spent) : null;
  }
}
