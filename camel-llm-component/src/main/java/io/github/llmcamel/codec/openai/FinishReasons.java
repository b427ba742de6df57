/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.model.FinishReason;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words in {@code finish_reason}: what servers mean by them, and what clients are told. */
final class FinishReasons {

  private static final Map<String, FinishReason> WORDS =
      Map.ofEntries(
          Map.entry("stop", FinishReason.STOP),
          Map.entry("eos", FinishReason.STOP),
          Map.entry("eos_token", FinishReason.STOP),
          Map.entry("end_turn", FinishReason.STOP),
          Map.entry("complete", FinishReason.STOP),
          Map.entry("stop_sequence", FinishReason.STOP),
          Map.entry("length", FinishReason.LENGTH),
          Map.entry("model_length", FinishReason.LENGTH),
          Map.entry("max_tokens", FinishReason.LENGTH),
          Map.entry("max_length", FinishReason.LENGTH),
          Map.entry("tool_calls", FinishReason.TOOL_CALLS),
          Map.entry("tool_call", FinishReason.TOOL_CALLS),
          Map.entry("tool_use", FinishReason.TOOL_CALLS),
          Map.entry("function_call", FinishReason.TOOL_CALLS),
          Map.entry("content_filter", FinishReason.CONTENT_FILTER),
          Map.entry("error", FinishReason.ERROR),
          Map.entry("abort", FinishReason.ERROR),
          Map.entry("insufficient_system_resource", FinishReason.ERROR));

  private FinishReasons() {}

  static FinishReason read(String raw) {
    return WORDS.getOrDefault(raw.toLowerCase(Locale.ROOT), FinishReason.OTHER).saidAs(raw);
  }

  /**
   * The word for a choice of a complete answer. Clients demand one, and a choice that calls tools
   * has not just stopped.
   *
   * @param reason null if the provider gave none
   */
  static String write(@Nullable FinishReason reason, boolean callsTools) {
    FinishReason given = reason != null ? reason : FinishReason.STOP;
    return (callsTools && given.means(FinishReason.STOP) ? FinishReason.TOOL_CALLS : given).word();
  }
}
