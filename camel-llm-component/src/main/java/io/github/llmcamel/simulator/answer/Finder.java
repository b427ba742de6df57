/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a document what a field's name asks for.
 *
 * <p>A line with that label, or a label that means the same, comes first; then what the name speaks
 * of: the first date, the total, an e-mail address, the first line, the first sentence.
 */
final class Finder {

  private static final int MOST_VALUES = 100;

  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\w.+-])[\\w.+-]{1,64}+@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,5}");
  private static final Pattern URL =
      Pattern.compile("\\bhttps?://[^\\s<>\"')\\]]{1,2000}[^\\s<>\"')\\].,;]");
  private static final Pattern PHONE =
      Pattern.compile("(?<![\\p{N}\\p{L}])(?:\\+\\d{1,3}|0)[\\d ()/.-]{6,20}\\d(?!\\d)");
  private static final String IDENTIFIER =
      "((?=[\\p{L}/_-]{0,20}\\d)[\\p{L}\\p{N}][\\p{L}\\p{N}/_-]{0,30})";

  private static final Set<String> DATE_FILLERS =
      Set.of(
          ("date dates day when of the datum document invoice meeting contract letter sent issue"
                  + " issued order")
              .split(" ", -1));
  private static final Set<String> ID_FILLERS =
      Set.of("number", "no", "nr", "id", "reference", "ref");
  private final Document document;

  Finder(Document document) {
    this.document = document;
  }

  /** Everything found, best first; empty if nothing fits. */
  List<String> find(String name) {
    List<String> words = Words.ofName(name);
    Topic topic = Topic.of(words);
    List<String> labelled = fitting(topic, FieldLabels.values(words, document));
    return labelled.isEmpty() ? byTopic(topic, words) : labelled;
  }

  /** What was labelled, as far as it is what the topic asks for. */
  private List<String> fitting(Topic topic, List<String> values) {
    String text = String.join("\n", values);
    List<String> found =
        switch (topic) {
          case EMAIL -> all(EMAIL, text);
          case AMOUNT -> amounts(values);
          case CURRENCY ->
              values.stream().map(Amounts::currency).filter(code -> !code.isEmpty()).toList();
          case DATE -> Dates.in(text, MOST_VALUES);
          case PEOPLE -> values.stream().flatMap(People::in).toList();
          case PERSON -> values.stream().map(People::name).toList();
          default -> values;
        };
    return topic == Topic.DATE && found.isEmpty() ? values : found;
  }

  private List<String> byTopic(Topic topic, List<String> words) {
    return switch (topic) {
      case EMAIL -> all(EMAIL, document.text());
      case URL -> all(URL, document.text());
      case PHONE ->
          all(PHONE, document.text()).stream()
              .filter(phone -> Dates.in(phone, 1).isEmpty())
              .toList();
      case AMOUNT -> Totals.in(document, words);
      case CURRENCY -> one(Amounts.first(document.text()).map(Amounts::currency));
      case DATE -> date(words);
      case IDENTIFIER -> identifier(words);
      case COUNT -> number(words);
      case LANGUAGE -> one(Optional.of(document.language()).filter(code -> !code.isEmpty()));
      case TITLE -> one(document.lines().stream().findFirst().map(Finder::withoutMarks));
      case SUMMARY -> one(Optional.of(Summary.firstSentence(document)).filter(s -> !s.isEmpty()));
      case SENTIMENT -> chosen("positive", "negative", "neutral");
      case URGENCY -> chosen("urgent", "normal");
      case CATEGORY -> List.of(Classification.choose(Lexicon.DOCUMENT_KINDS, document));
      case PERSON, PEOPLE, OTHER -> List.of();
    };
  }

  /** A number that stands next to the field's last word. */
  List<String> number(List<String> words) {
    if (words.isEmpty()) {
      return List.of();
    }
    String word = Pattern.quote(words.get(words.size() - 1));
    Matcher near =
        Pattern.compile("(?iu)(?<!\\p{L})" + word + "s?[^\\p{L}\\p{N}\\n]{1,10}\\d|\\d\\s" + word)
            .matcher(document.text());
    if (!near.find()) {
      return List.of();
    }
    String text = document.text();
    int start = near.start();
    while (start > 0
        && near.start() - start < 20
        && !Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    return one(
        Amounts.firstNumber(text.substring(start, Math.min(text.length(), near.end() + 20))));
  }

  private List<String> chosen(String... labels) {
    return document.text().isBlank()
        ? List.of()
        : List.of(Classification.choose(List.of(labels), document));
  }

  private List<String> amounts(List<String> values) {
    List<String> found = new ArrayList<>();
    for (String value : values) {
      Amounts.first(value).or(() -> Amounts.firstNumber(value)).ifPresent(found::add);
    }
    return found;
  }

  private List<String> date(List<String> words) {
    List<String> qualifiers = words.stream().filter(word -> !DATE_FILLERS.contains(word)).toList();
    if (words.contains("dates")) {
      return Dates.in(document.text(), MOST_VALUES);
    }
    return qualifiers.isEmpty()
        ? Dates.in(document.text(), 1)
        : document.lineWith(qualifiers).map(line -> Dates.in(line, 1)).orElse(List.of());
  }

  private List<String> identifier(List<String> words) {
    List<String> qualifiers = words.stream().filter(word -> !ID_FILLERS.contains(word)).toList();
    String before =
        qualifiers.isEmpty()
            ? "(?:\\b(?:number|no\\.?|nr\\.?|id|ref\\.?)|#)"
            : "\\b"
                + Pattern.quote(String.join(" ", qualifiers))
                + "(?:\\s(?:number|no|nr|id|ref)\\b\\.?)?";
    Matcher found =
        Pattern.compile("(?iu)" + before + "[\\s:#.-]{1,4}" + IDENTIFIER).matcher(document.text());
    return found.find() ? List.of(found.group(1)) : List.of();
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .distinct()
        .limit(MOST_VALUES)
        .toList();
  }

  private static <T> List<T> one(Optional<T> found) {
    return found.stream().toList();
  }

  private static String withoutMarks(String line) {
    return line.replaceFirst("^[#*>=\\s-]+", "").replaceFirst("[#*=\\s]+$", "");
  }
}
