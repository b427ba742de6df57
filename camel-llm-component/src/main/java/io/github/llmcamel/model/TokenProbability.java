/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How likely a model held a token of its answer to be.
 *
 * @param token its text; half a character may be shown in the provider's own way
 * @param logProbability the natural logarithm of its probability: 0 is certain, less is less likely
 * @param alternatives the most likely tokens in its place, itself perhaps among them; empty if the
 *     provider sends none, and for an alternative
 * @param bytes its text in UTF-8, each byte from 0 to 255; null if the provider does not say, empty
 *     if it stands for no text
 */
public record TokenProbability(
    String token,
    double logProbability,
    List<TokenProbability> alternatives,
    @Nullable List<Integer> bytes) {
  public TokenProbability {
    Objects.requireNonNull(token, "token");
    alternatives = List.copyOf(alternatives);
    bytes = bytes == null ? null : List.copyOf(bytes);
  }

  /** A token whose bytes are not known. */
  public TokenProbability(
      String token, double logProbability, List<TokenProbability> alternatives) {
    this(token, logProbability, alternatives, null);
  }

  @Override
  public String toString() {
    return "TokenProbability[%s]".formatted(logProbability);
  }
}
