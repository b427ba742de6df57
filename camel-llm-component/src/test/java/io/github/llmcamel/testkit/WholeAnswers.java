/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

/** What good servers answer, as a whole, in each protocol. The text is what JSON has in quotes. */
public final class WholeAnswers {

  private WholeAnswers() {}

  public static String openAi(String text) {
    return "{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
        .formatted(text);
  }

  public static String ollama(String text) {
    return "{\"message\":{\"content\":\"%s\"},\"done\":true,\"done_reason\":\"stop\"}"
        .formatted(text);
  }

  public static String anthropic(String text) {
    return "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"stop_reason\":\"end_turn\"}"
        .formatted(text);
  }
}
