/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.util.List;

/**
 * What a call is for, told by its last message: chat front ends ask models for titles and tags with
 * prompts of their own, which should not pass for what users say.
 */
final class Purpose {

  /** How far into the message words are looked for. */
  static final int REACH = 4_096;

  private Purpose() {}

  static String of(List<Message> messages) {
    List<Part> last = messages.isEmpty() ? List.of() : messages.get(messages.size() - 1).parts();
    if (says(last, "generate a concise") && says(last, "title")) {
      return "Title Generation";
    }
    if (says(last, "generate tags")
        || says(last, "categorize")
        || says(last, "tag the conversation")) {
      return "Tag Generation";
    }
    if (says(last, "follow-up") || (says(last, "suggest") && says(last, "question"))) {
      return "Suggestion Generation";
    }
    boolean onlySystem =
        !messages.isEmpty() && messages.stream().allMatch(Message.System.class::isInstance);
    return onlySystem ? "System Prompt" : "User Chat";
  }

  private static boolean says(List<Part> parts, String words) {
    return parts.stream().anyMatch(part -> part instanceof Part.Text text && says(text, words));
  }

  /** Without a copy of the text, which may be long. */
  private static boolean says(Part.Text part, String words) {
    String text = part.text();
    int end = Math.min(text.length(), REACH) - words.length();
    for (int start = 0; start <= end; start++) {
      if (text.regionMatches(true, start, words, 0, words.length())) {
        return true;
      }
    }
    return false;
  }
}
