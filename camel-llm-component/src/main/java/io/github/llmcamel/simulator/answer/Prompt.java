/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to do, and to which text.
 *
 * @param instruction empty if there is none; of a long one the first 16,000 characters
 * @param document empty if the conversation holds nothing but an instruction
 * @param subject what a free answer is about: the document, or an instruction that stands alone
 */
record Prompt(String instruction, String document, String subject) {

  private static final Set<String> INSTRUCTING = Set.of("system", "developer", "user");
  private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t]*+\\n\\s*+");
  private static final Pattern LIST_LINE = Pattern.compile("\\s{0,8}(?:[-*•+{]|\\d{1,2}[.)]\\s)");
  private static final Pattern SENTENCE_END = Pattern.compile("[.?!:]\\s++(?=\\S)");
  private static final int LONGEST_INSTRUCTION = 4_000;
  private static final int LONGEST_EARLIER = 16_000;

  /**
   * The ways to read a conversation, likeliest first, at least one: with the instruction in the
   * earlier messages, and with both in the last one.
   */
  static List<Prompt> readings(List<Turn> turns) {
    int last = lastOfUser(turns);
    List<String> earlier = new ArrayList<>();
    for (int at = 0; at < turns.size(); at++) {
      Turn turn = turns.get(at);
      if (at != last && INSTRUCTING.contains(turn.role()) && !turn.text().isBlank()) {
        earlier.add(turn.text().strip());
      }
    }
    String body = last < 0 ? "" : unixLines(turns.get(last).text()).strip();
    return earlier.isEmpty()
        ? List.of(split(body))
        : List.of(of(earlierInstruction(earlier), body), split(body));
  }

  @Override
  public String toString() {
    return "Prompt[%d characters on %d]".formatted(instruction.length(), document.length());
  }

  private static int lastOfUser(List<Turn> turns) {
    int at = turns.size() - 1;
    while (at >= 0 && !turns.get(at).role().equals("user")) {
      at--;
    }
    return at;
  }

  private static String earlierInstruction(List<String> texts) {
    String text = unixLines(String.join("\n\n", texts));
    return text.substring(0, Math.min(LONGEST_EARLIER, text.length()));
  }

  private static String unixLines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Prompt split(String text) {
    int head = headEnd(text);
    if (head <= LONGEST_INSTRUCTION && Instruction.opens(text.substring(0, head))) {
      return head < text.length()
          ? of(text.substring(0, head).strip(), text.substring(head).strip())
          : new Prompt(text, "", text);
    }
    int tail = text.lastIndexOf("\n\n");
    if (tail > 0 && text.length() - tail <= LONGEST_INSTRUCTION) {
      String instruction = text.substring(tail).strip();
      if (Instruction.opens(instruction)) {
        return of(instruction, text.substring(0, tail).strip());
      }
    }
    return of("", text);
  }

  private static Prompt of(String instruction, String document) {
    return new Prompt(instruction, document, document);
  }

  /** Where the first part ends that may be an instruction: a paragraph, a line or a sentence. */
  private static int headEnd(String text) {
    int line = text.indexOf('\n');
    if (line < 0) {
      return sentenceEnd(text);
    }
    Matcher blank = BLANK_LINE.matcher(text);
    boolean paragraphs = blank.find();
    if (paragraphs && (blank.start() == line || !announcesProse(text, line))) {
      return withLists(text, blank);
    }
    int end = line;
    while (end < text.length() && isListLine(text, end + 1)) {
      end = lineEnd(text, end + 1);
    }
    return end;
  }

  private static int sentenceEnd(String text) {
    Matcher end = SENTENCE_END.matcher(text);
    while (end.find() && end.end() <= LONGEST_INSTRUCTION) {
      String before = text.substring(0, end.start() + 1);
      if (!before.endsWith(":") || !Instruction.namesThings(before)) {
        return end.end();
      }
    }
    return text.length();
  }

  /** Whether the first line announces the line below it, which is no list of names. */
  private static boolean announcesProse(String text, int line) {
    String below = text.substring(line + 1, lineEnd(text, line + 1));
    return text.charAt(line - 1) == ':'
        && !isListLine(text, line + 1)
        && below.strip().split("\\s+", -1).length > 4;
  }

  /** A list that a paragraph announces belongs to it, unless nothing would be left. */
  private static int withLists(String text, Matcher blank) {
    int end = blank.start();
    while (text.charAt(end - 1) == ':' && isListLine(text, blank.end()) && blank.find()) {
      end = blank.start();
    }
    return end;
  }

  private static boolean isListLine(String text, int start) {
    return LIST_LINE.matcher(text).region(start, lineEnd(text, start)).lookingAt();
  }

  private static int lineEnd(String text, int start) {
    int end = text.indexOf('\n', start);
    return end < 0 ? text.length() : end;
  }
}
