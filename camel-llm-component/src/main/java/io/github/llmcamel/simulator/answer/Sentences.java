/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts a text into sentences. A blank line, a label, a list mark and a time at the start of a line
 * end one too. Lines such as {@code From: ...}, headings and greetings are left out where there is
 * anything else.
 */
final class Sentences {

  private static final int LONGEST = 600;
  private static final int HEADING_WORDS = 12;
  private static final Pattern LIST_MARK = Pattern.compile("^(?:#{1,6}|[-*•+])\\s+");
  private static final String ENDS = ".!?…";
  private static final String ENDS_WITHOUT_SPACE = "。！？";
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "vs", "inc", "ltd", "co", "e.g", "i.e",
          "z.b", "d.h", "u.a", "ca", "approx", "fig", "art", "p.m", "a.m");
  private static final Pattern GREETING =
      Pattern.compile(
          "(?iu)(?:dear|hi|hello|hallo|liebe[rs]?|sehr geehrte[rs]?|bonjour|hola)\\b.{0,60}[,!]?");

  private final int wanted;
  private final List<String> prose = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();

  private Sentences(int wanted) {
    this.wanted = wanted;
  }

  /** At most so many, in order; each at most 600 characters long. */
  static List<String> first(int wanted, String text) {
    Sentences sentences = new Sentences(wanted);
    sentences.read(text);
    List<String> found = sentences.prose.isEmpty() ? sentences.rest : sentences.prose;
    return found.subList(0, Math.min(wanted, found.size()));
  }

  private void read(String text) {
    int at = 0;
    while (at < text.length() && prose.size() < wanted) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      readLine(text.substring(at, end).strip());
      at = end + 1;
    }
    close();
  }

  private void readLine(String line) {
    if (line.isEmpty()) {
      close();
    } else if (Document.isLabelled(line)) {
      close();
      if (rest.size() < wanted) {
        rest.add(Words.cut(line, LONGEST));
      }
    } else {
      if (Document.isBullet(line) || Lexicon.hasTimestamp(line)) {
        close();
      }
      readProse(line);
    }
  }

  private void readProse(String line) {
    int start = 0;
    for (int at = 0; at < line.length() && prose.size() < wanted; at++) {
      if (isEnd(line, at)) {
        append(line.substring(start, at + 1));
        close();
        start = at + 1;
      }
    }
    append(line.substring(start));
  }

  private static boolean isEnd(String line, int at) {
    char c = line.charAt(at);
    if (ENDS_WITHOUT_SPACE.indexOf(c) >= 0) {
      return true;
    }
    boolean atSpace = at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1));
    return ENDS.indexOf(c) >= 0 && atSpace && !(c == '.' && isAbbreviation(line, at));
  }

  private static boolean isAbbreviation(String line, int dot) {
    int start = dot;
    while (start > 0 && dot - start < 8 && !Character.isWhitespace(line.charAt(start - 1))) {
      start--;
    }
    String word = line.substring(start, dot);
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    boolean ordinal =
        !word.isEmpty() && word.length() < 3 && word.chars().allMatch(Character::isDigit);
    return initial
        || (ordinal && dot + 1 < line.length())
        || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT).replace("(", ""));
  }

  private void append(String part) {
    if (!part.isBlank() && open.length() < LONGEST) {
      open.append(open.length() == 0 ? "" : " ").append(part, 0, Math.min(part.length(), LONGEST));
    }
  }

  private void close() {
    String sentence = Words.cut(open.toString().replaceAll("\\s+", " ").strip(), LONGEST);
    open.setLength(0);
    if (sentence.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return;
    }
    List<String> kind = isProse(sentence) ? prose : rest;
    if (kind.size() < wanted) {
      kind.add(LIST_MARK.matcher(sentence).replaceFirst(""));
    }
  }

  /** What ends without a mark is a heading, unless it is long. */
  private static boolean isProse(String sentence) {
    boolean ended =
        (ENDS + ENDS_WITHOUT_SPACE).indexOf(sentence.charAt(sentence.length() - 1)) >= 0;
    return (ended || sentence.split(" ", HEADING_WORDS + 1).length > HEADING_WORDS)
        && !GREETING.matcher(sentence).matches();
  }
}
