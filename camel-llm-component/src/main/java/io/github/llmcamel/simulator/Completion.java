/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.simulator.answer.ChatAnswer;
import io.github.llmcamel.simulator.answer.Turn;
import java.util.List;

/**
 * An answer, worked out and counted.
 *
 * @param tokens of each choice; all choices say the same
 * @param finishReason {@code stop}, or {@code length} if the answer was cut off
 */
record Completion(
    String id,
    String model,
    int choices,
    List<String> tokens,
    String finishReason,
    long promptTokens) {

  Completion {
    tokens = List.copyOf(tokens);
  }

  static Completion of(String id, CompletionRequest request) {
    String answer = ChatAnswer.to(request.turns(), request.responseFormat());
    List<String> tokens = Tokens.split(untilStop(answer, request.stops()));
    boolean cut = tokens.size() > request.maxTokens();
    return new Completion(
        id,
        request.model(),
        request.choices(),
        cut ? tokens.subList(0, request.maxTokens()) : tokens,
        cut ? "length" : "stop",
        promptTokens(request.turns()));
  }

  String text() {
    return String.join("", tokens);
  }

  long completionTokens() {
    return (long) choices * tokens.size();
  }

  @Override
  public String toString() {
    return "Completion[%s, %d tokens]".formatted(id, tokens.size());
  }

  private static String untilStop(String answer, List<String> stops) {
    int end = answer.length();
    for (String stop : stops) {
      int at = answer.indexOf(stop);
      if (at >= 0) {
        end = Math.min(end, at);
      }
    }
    return answer.substring(0, end);
  }

  private static long promptTokens(List<Turn> turns) {
    long count = 0;
    for (Turn turn : turns) {
      count += Tokens.PER_MESSAGE + Tokens.count(turn.text());
    }
    return count;
  }
}
