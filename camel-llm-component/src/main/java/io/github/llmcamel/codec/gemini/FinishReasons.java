/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import io.github.llmcamel.model.FinishReason;

/** What the words in {@code finishReason} mean. */
final class FinishReasons {

  private FinishReasons() {}

  static FinishReason read(String raw) {
    FinishReason meaning =
        switch (raw) {
          case "STOP" -> FinishReason.STOP;
          case "MAX_TOKENS" -> FinishReason.LENGTH;
          case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" ->
              FinishReason.CONTENT_FILTER;
          case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS" ->
              FinishReason.ERROR;
          default -> raw.startsWith("IMAGE_") ? FinishReason.CONTENT_FILTER : FinishReason.OTHER;
        };
    return meaning.saidAs(raw);
  }
}
