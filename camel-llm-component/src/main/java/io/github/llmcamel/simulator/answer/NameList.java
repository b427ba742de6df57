/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of names as people write them into a prompt: after commas, in brackets or quotes, with
 * "and" or "or" before the last, or one per line.
 */
final class NameList {

  private static final int MOST_NAMES = 100;
  private static final int LONGEST_NAME = 60;
  private static final int MOST_WORDS = 6;

  private static final Pattern OPENING = Pattern.compile("[ \\t]*(?:[:=][ \\t]*)?[\\[({]?[ \\t]*");
  private static final Pattern BULLET = Pattern.compile("\\s*(?:[-*•+]\\s+|\\d{1,2}[.)]\\s+)");
  private static final Pattern DESCRIPTION = Pattern.compile("\\s*[:=(\\[]|\\s+[-–—]\\s");
  private static final String OUTSIDE_BRACKETS = "(?![^()]*\\))";
  private static final Pattern OR =
      of("(?:,?\\s+or\\s+|^or\\s+|(?<=\\byes)\\s?/\\s?(?=no\\b))" + OUTSIDE_BRACKETS);
  private static final Pattern AND = of("(?:,?\\s+and\\s+|^and\\s+)" + OUTSIDE_BRACKETS);
  private static final Pattern ARTICLE = of("^(?:the|an?|either)\\s+(?=[\\p{L}\"'`“])");

  /** Words that start a remark about the list, not another name. */
  private static final Pattern REMARK =
      of(
          "^(?:as|based|for|with|in|reply|answer|respond|return|give|use|nothing|only|without|"
              + "then|where|so|do|from|by|that|which|if|please|of|per|must|should|may|and|are|"
              + "is|to|into|no (?:other|prose|text|more|explanations?)|not (?:more|anything|any))\\b\\s*\\S.*");

  /** Words that end the last name and start a remark. */
  private static final Pattern REMARK_BEHIND =
      of(
          "\\s+(?:based on|depending on|according to|as (?:valid )?json|in json|from (?:the|this)|"
              + "using|with no|without|only|of (?:the|this)|for (?:the|this|each)|"
              + "and (?:reply|answer|respond|return|nothing|give|no))\\b.*");

  /** One name and what the prompt says about it, which may be empty. */
  record Name(String text, String remark) {}

  private final List<Name> names = new ArrayList<>();

  private NameList() {}

  /** The names that stand at this place, in order and without repetition; empty if none do. */
  static List<Name> at(String text, int from) {
    NameList list = new NameList();
    Matcher opening = OPENING.matcher(text).region(from, text.length());
    int start = opening.lookingAt() ? opening.end() : from;
    if (start < text.length() && text.charAt(start) == '\n') {
      list.readLines(text.substring(start + 1));
    } else {
      list.readItems(Items.split(text, start));
    }
    return list.names;
  }

  private void readLines(String text) {
    boolean bullets = BULLET.matcher(text).lookingAt();
    for (String line : text.lines().limit(MOST_NAMES).toList()) {
      Matcher bullet = BULLET.matcher(line);
      boolean isBullet = bullet.lookingAt();
      if (line.isBlank() && names.isEmpty()) {
        continue;
      }
      if (isBullet != bullets || !add(isBullet ? line.substring(bullet.end()) : line)) {
        return;
      }
    }
  }

  private void readItems(List<String> items) {
    for (int at = 0; at < items.size() && names.size() < MOST_NAMES; at++) {
      String item = items.get(at);
      boolean last = at == items.size() - 1 || REMARK.matcher(items.get(at + 1)).matches();
      List<String> parts = parts(item, last);
      boolean ends = last || parts.size() > 1;
      for (String part : parts) {
        String name = ends ? REMARK_BEHIND.matcher(part).replaceFirst("") : part;
        if (!name.isBlank() && !add(name)) {
          return;
        }
      }
      if (ends) {
        return;
      }
    }
  }

  /** "Or" stands between the last two names; "and" may stand inside all names but the last. */
  private static List<String> parts(String item, boolean last) {
    List<String> parts = new ArrayList<>();
    for (String part : OR.split(item, -1)) {
      parts.addAll(List.of(last ? AND.split(part, -1) : new String[] {part}));
    }
    return parts;
  }

  /** Says whether it was a name. */
  private boolean add(String item) {
    String text = ARTICLE.matcher(item.strip()).replaceFirst("");
    int quoteEnd = Items.quoteEnd(text, 0);
    String name;
    String remark;
    if (quoteEnd > 0) {
      name = text.substring(1, quoteEnd).strip();
      remark = text.substring(quoteEnd + 1);
    } else {
      Matcher description = DESCRIPTION.matcher(text);
      int end = description.find() && description.start() > 0 ? description.start() : text.length();
      name = text.substring(0, end).strip().replaceAll("[.,;!?*]+$", "");
      remark = text.substring(end);
      if (REMARK.matcher(name).matches()) {
        return false;
      }
    }
    boolean startsLikeOne = !name.isEmpty() && "\"'`“([{<".indexOf(name.charAt(0)) < 0;
    if (!startsLikeOne || name.length() > LONGEST_NAME || words(name) > MOST_WORDS) {
      return false;
    }
    if (names.stream().noneMatch(known -> known.text().equals(name))) {
      names.add(new Name(name, remark));
    }
    return true;
  }

  private static int words(String name) {
    return name.split("\\s+", -1).length;
  }

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
