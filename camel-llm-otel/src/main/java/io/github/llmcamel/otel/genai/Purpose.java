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

  private static final int LETTER_BITS = 31;

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

  /** The words by the number of their first letter. */
  private static final List<List<String>> BY_FIRST_LETTER =
      IntStream.rangeClosed(0, LETTER_BITS)
          .mapToObj(
              letter -> WORDS.stream().filter(word -> letter(word.charAt(0)) == letter).toList())
          .toList();

  /** By the number of a first letter: the bits of those that follow it in words. */
  private static final int[] SECOND_LETTERS =
      BY_FIRST_LETTER.stream().mapToInt(Purpose::secondLetters).toArray();

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
    for (int start = 0; start < end - 1; start++) {
      int first = letter(text.charAt(start));
      // Hardly any place needs a closer look.
      if ((SECOND_LETTERS[first] & 1 << letter(text.charAt(start + 1))) != 0) {
        for (String word : BY_FIRST_LETTER.get(first)) {
          if (start + word.length() <= end
              && text.regionMatches(true, start, word, 0, word.length())) {
            said.add(word);
          }
        }
      }
    }
  }

  private static int secondLetters(List<String> words) {
    return words.stream()
        .mapToInt(word -> 1 << letter(word.charAt(1)))
        .reduce(0, (some, more) -> some | more);
  }

  /**
   * A number that differs between letters, not between cases; all other characters have one too.
   */
  private static int letter(char character) {
    return character & LETTER_BITS;
  }
}
