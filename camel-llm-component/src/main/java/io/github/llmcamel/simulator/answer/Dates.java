/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds dates in a text, as ISO dates. One that could mean two days, such as {@code 03/04/2026}, or
 * none stays as it is written.
 */
final class Dates {

  private static final List<List<String>> MONTHS =
      List.of(
          List.of("jan", "januar", "january", "janvier", "enero", "gennaio", "januari"),
          List.of("feb", "februar", "february", "février", "febrero", "febbraio", "februari"),
          List.of("mar", "märz", "march", "mars", "marzo", "maart"),
          List.of("apr", "april", "avril", "abril", "aprile"),
          List.of("mai", "may", "mayo", "maggio", "mei"),
          List.of("jun", "juni", "june", "juin", "junio", "giugno"),
          List.of("jul", "juli", "july", "juillet", "julio", "luglio"),
          List.of("aug", "august", "août", "agosto", "augustus"),
          List.of("sep", "sept", "september", "septembre", "septiembre", "settembre"),
          List.of("oct", "okt", "oktober", "october", "octobre", "octubre", "ottobre"),
          List.of("nov", "november", "novembre", "noviembre"),
          List.of("dec", "dez", "dezember", "december", "décembre", "diciembre", "dicembre"));

  private static final String MONTH = "(\\p{L}{3,10}+)";

  private static final Pattern DATE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:"
              + "(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})"
              + "|(\\d{4})年\\s?(\\d{1,2})月\\s?(\\d{1,2})日"
              + "|(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})"
              + "|(\\d{1,2})/(\\d{1,2})/(\\d{4})"
              + "|(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s(?:de\\s)?"
              + MONTH
              + "\\.?,?\\s(?:de\\s)?(\\d{4})"
              + "|"
              + MONTH
              + "\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})"
              + ")(?!\\d)");

  private Dates() {}

  /** At most so many, in order, each once. */
  static List<String> in(String text, int most) {
    return DATE.matcher(text)
        .results()
        .filter(Dates::isDate)
        .map(Dates::iso)
        .distinct()
        .limit(most)
        .toList();
  }

  /** The text with a space in the place of each date. */
  static String removedFrom(String text) {
    return DATE.matcher(text)
        .replaceAll(date -> isDate(date) ? " " : Matcher.quoteReplacement(date.group()));
  }

  private static boolean isDate(MatchResult date) {
    String month = date.group(14) == null ? date.group(16) : date.group(14);
    return month == null || monthNamed(month) > 0;
  }

  private static String iso(MatchResult date) {
    if (date.group(1) != null) {
      return iso(date, 1, date.group(2), 3);
    } else if (date.group(4) != null) {
      return iso(date, 4, date.group(5), 6);
    } else if (date.group(7) != null) {
      return iso(date, 9, date.group(8), 7);
    } else if (date.group(10) != null) {
      return isoOfSlashes(date);
    } else if (date.group(13) != null) {
      return iso(date, 15, date.group(14), 13);
    }
    return iso(date, 18, date.group(16), 17);
  }

  private static String isoOfSlashes(MatchResult date) {
    int first = Integer.parseInt(date.group(10));
    int second = Integer.parseInt(date.group(11));
    if (first > 12 || first == second) {
      return iso(date, 12, date.group(11), 10);
    }
    return second > 12 ? iso(date, 12, date.group(10), 11) : date.group();
  }

  private static String iso(MatchResult date, int year, String month, int day) {
    try {
      return LocalDate.of(
              Integer.parseInt(date.group(year)), month(month), Integer.parseInt(date.group(day)))
          .toString();
    } catch (DateTimeException e) {
      return date.group();
    }
  }

  private static int month(String word) {
    return Character.isDigit(word.charAt(0)) ? Integer.parseInt(word) : monthNamed(word);
  }

  /** From 1; 0 if no month is called so. */
  private static int monthNamed(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    int month = MONTHS.size();
    while (month > 0 && !MONTHS.get(month - 1).contains(name)) {
      month--;
    }
    return month;
  }
}
