/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Repeats the first sentences of a text, marked as the simulator's: at most 40 words, or as many
 * words or sentences as the instruction wants.
 */
final class Summary {

  static final String MARK = "[simulated] ";

  /** A wanted length: a count and what is counted. */
  static final String LIMIT =
      "\\b(\\d{1,4}|an?|single|one|two|three|four|five|six|seven|eight|nine|ten)[ -](?:(?:short|simple|brief|concise)"
          + " )?(word|sentence)s?\\b";

  private static final Pattern LIMITED = Pattern.compile(LIMIT, Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKED =
      Pattern.compile("\\b(?:summar|tl;?dr|abstract|gist)", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "two", 2, "three", 3, "four", 4, "five", 5, "six", 6, "seven", 7, "eight", 8, "nine", 9,
          "ten", 10);

  private static final int WORDS = 40;
  private static final int CHARACTERS_PER_WORD = 10;

  private Summary() {}

  static boolean isAskedFor(String instruction) {
    return ASKED.matcher(instruction).find() || LIMITED.matcher(instruction).find();
  }

  static String of(Prompt prompt) {
    int words = WORDS;
    int sentences = WORDS;
    Matcher limit = LIMITED.matcher(prompt.instruction());
    while (limit.find()) {
      int count = Math.max(1, number(limit.group(1)));
      if (limit.group(2).toLowerCase(Locale.ROOT).equals("word")) {
        words = count;
      } else {
        sentences = count;
        words = words == WORDS ? WORDS * count : words;
      }
    }
    List<String> first = Sentences.first(sentences, prompt.subject());
    return MARK + (first.isEmpty() ? "The document is empty." : shortened(first, words));
  }

  /** The first sentence, whole but for its 600 characters; empty if there is none. */
  static String firstSentence(Document document) {
    return String.join("", Sentences.first(1, document.text()));
  }

  private static int number(String count) {
    return Character.isDigit(count.charAt(0))
        ? Integer.parseInt(count)
        : NUMBERS.getOrDefault(count.toLowerCase(Locale.ROOT), 1);
  }

  /** Whole sentences while they fit; of the first one, if need be, its first words. */
  private static String shortened(List<String> sentences, int words) {
    StringBuilder text = new StringBuilder();
    int left = words;
    for (String sentence : sentences) {
      List<String> parts = List.of(sentence.split(" ", -1));
      if (parts.size() > left || text.length() + sentence.length() > words * CHARACTERS_PER_WORD) {
        return text.length() > 0 ? text.toString() : cut(parts, words);
      }
      text.append(text.length() == 0 ? "" : " ").append(sentence);
      left -= parts.size();
    }
    return text.toString();
  }

  /** Bounds characters as well as words, for texts that put no space between words. */
  private static String cut(List<String> parts, int words) {
    String text = String.join(" ", parts.subList(0, Math.min(words, parts.size())));
    String shorter = Words.cut(text, words * CHARACTERS_PER_WORD);
    return shorter.endsWith("…") ? shorter : shorter + "…";
  }
}
