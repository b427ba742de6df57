/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.simulator.answer.ChatAnswer;
import io.github.llmcamel.simulator.answer.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer, worked out and counted.
 *
 * @param tool the one that is called; null if this is an answer
 * @param tokens of each choice, of its text or its tool's arguments; all choices say the same
 * @param finishReason {@code stop} or {@code tool_calls}, or {@code length} if it was cut off
 */
record Completion(
    String id,
    String model,
    int choices,
    @Nullable String tool,
    List<String> tokens,
    String finishReason,
    long promptTokens) {

  Completion {
    tokens = List.copyOf(tokens);
  }

  static Completion of(String id, CompletionRequest request) {
    WantedTool tool = request.tool();
    String answer =
        tool == null
            ? untilStop(ChatAnswer.to(request.turns(), request.responseFormat()), request.stops())
            : ChatAnswer.json(request.turns(), tool.parameters());
    List<String> tokens = Tokens.split(answer);
    boolean cut = tokens.size() > request.maxTokens();
    return new Completion(
        id,
        request.model(),
        request.choices(),
        tool == null ? null : tool.name(),
        cut ? tokens.subList(0, request.maxTokens()) : tokens,
        cut ? "length" : tool == null ? "stop" : "tool_calls",
        promptTokens(request.turns()));
  }

  String text() {
    return String.join("", tokens);
  }

  /** Another one for each choice of each request. */
  String toolCallId(int choice) {
    return "call-%d-%s".formatted(choice, id);
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
