/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

import io.github.llmcamel.model.FinishReason;
import java.util.Map;

/** What the words in {@code stop_reason} mean. */
final class FinishReasons {

  // Absent on purpose: after pause_turn the caller is to send the turn back, so it is other.
  private static final Map<String, FinishReason> WORDS =
      Map.of(
          "end_turn", FinishReason.STOP,
          "stop_sequence", FinishReason.STOP,
          "max_tokens", FinishReason.LENGTH,
          "model_context_window_exceeded", FinishReason.LENGTH,
          "tool_use", FinishReason.TOOL_CALLS,
          "refusal", FinishReason.CONTENT_FILTER);

  private FinishReasons() {}

  static FinishReason read(String raw) {
    return WORDS.getOrDefault(raw, FinishReason.OTHER).saidAs(raw);
  }
}
