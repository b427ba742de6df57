/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a call is for, told by its last message: chat front ends ask models for titles and tags with
 * prompts of their own, which should not pass for what users say.
 */
final class Purpose {

  /** How far into the message words are looked for. */
  static final int REACH = 4_096;

  /** What a user says, as far as can be told. */
  static final String USER_CHAT = "User Chat";

  private static final String CONCISE = "generate a concise";
  private static final String TITLE = "title";
  private static final String GENERATE_TAGS = "generate tags";
  private static final String CATEGORIZE = "categorize";
  private static final String TAG = "tag the conversation";
  private static final String FOLLOW_UP = "follow-up";
  private static final String SUGGEST = "suggest";
  private static final String QUESTION = "question";
  private static final List<String> WORDS =
      List.of(CONCISE, TITLE, GENERATE_TAGS, CATEGORIZE, TAG, FOLLOW_UP, SUGGEST, QUESTION);

  /** The words that begin with a letter, so that hardly any place of a text needs a closer look. */
  private static final List<List<String>> BY_FIRST_LETTER =
      IntStream.rangeClosed('a', 'z')
          .mapToObj(letter -> WORDS.stream().filter(word -> word.charAt(0) == letter).toList())
          .toList();

  private Purpose() {}

  static String of(List<Message> messages) {
    if (messages.isEmpty()) {
      return USER_CHAT;
    }
    Message last = messages.get(messages.size() - 1);
    Set<String> said = said(last.parts());
    if (said.contains(CONCISE) && said.contains(TITLE)) {
      return "Title Generation";
    }
    if (said.contains(GENERATE_TAGS) || said.contains(CATEGORIZE) || said.contains(TAG)) {
      return "Tag Generation";
    }
    if (said.contains(FOLLOW_UP) || (said.contains(SUGGEST) && said.contains(QUESTION))) {
      return "Suggestion Generation";
    }
    boolean onlySystem =
        last instanceof Message.System
            && messages.stream().allMatch(Message.System.class::isInstance);
    return onlySystem ? "System Prompt" : USER_CHAT;
  }

  /** Which of the words are said, in any case. */
  private static Set<String> said(List<Part> parts) {
    Set<String> said = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        collect(text.text(), said);
      }
    }
    return said;
  }

  /** In one pass and without a copy of the text, which may be long. */
  private static void collect(String text, Set<String> said) {
    int end = Math.min(text.length(), REACH);
    int second = end == 0 ? 0 : lowerCase(text.charAt(0));
    for (int start = 0; start < end - 1; start++) {
      int first = second;
      second = lowerCase(text.charAt(start + 1));
      if (first >= 'a' && first <= 'z') {
        for (String word : BY_FIRST_LETTER.get(first - 'a')) {
          if (word.charAt(1) == second
              && start + word.length() <= end
              && text.regionMatches(true, start, word, 0, word.length())) {
            said.add(word);
          }
        }
      }
    }
  }

  /** Right for the letters that the words are made of, which is all that counts here. */
  private static int lowerCase(char letter) {
    return letter | ' ';
  }
}
