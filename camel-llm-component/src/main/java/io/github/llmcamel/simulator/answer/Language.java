/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the language of a text by its script, or by its most common little words. */
final class Language {

  private static final int READ = 20_000;

  private static final Map<UnicodeScript, String> BY_SCRIPT =
      Map.of(
          UnicodeScript.HAN, "zh",
          UnicodeScript.HANGUL, "ko",
          UnicodeScript.CYRILLIC, "ru",
          UnicodeScript.GREEK, "el",
          UnicodeScript.ARABIC, "ar",
          UnicodeScript.HEBREW, "he",
          UnicodeScript.DEVANAGARI, "hi",
          UnicodeScript.THAI, "th");

  private record Little(String code, Set<String> words) {}

  /** Of languages with equal counts the first wins. */
  private static final List<Little> LITTLE_WORDS =
      List.of(
          new Little(
              "en",
              Set.of(
                  "the", "and", "of", "to", "is", "for", "with", "you", "we", "this", "our", "your",
                  "from", "by")),
          new Little(
              "de",
              Set.of(
                  "der", "die", "das", "und", "ist", "nicht", "mit", "für", "den", "ein", "eine",
                  "wir", "sie", "zu")),
          new Little(
              "fr",
              Set.of(
                  "le", "la", "les", "et", "est", "des", "une", "pour", "nous", "vous", "dans",
                  "du", "avec", "votre")),
          new Little(
              "es",
              Set.of(
                  "el", "los", "las", "y", "es", "una", "por", "para", "con", "que", "del", "su",
                  "usted", "como")),
          new Little(
              "it",
              Set.of(
                  "il", "gli", "e", "è", "una", "per", "con", "che", "di", "della", "non", "sono",
                  "nel", "vostro")),
          new Little(
              "nl",
              Set.of(
                  "het", "een", "en", "van", "niet", "voor", "met", "wij", "zijn", "op", "aan",
                  "dat", "uw", "naar")),
          new Little(
              "pt",
              Set.of(
                  "o", "os", "as", "e", "uma", "para", "com", "não", "que", "do", "da", "em", "por",
                  "sua")));

  private Language() {}

  /** The ISO 639-1 code, empty if it cannot be told. */
  static String of(String text) {
    String start = text.substring(0, Math.min(READ, text.length()));
    Map<UnicodeScript, Integer> scripts = new EnumMap<>(UnicodeScript.class);
    start
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> scripts.merge(UnicodeScript.of(letter), 1, Integer::sum));
    if (scripts.containsKey(UnicodeScript.HIRAGANA)
        || scripts.containsKey(UnicodeScript.KATAKANA)) {
      return "ja";
    }
    return scripts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            most ->
                most.getKey() == UnicodeScript.LATIN
                    ? ofLatin(start)
                    : BY_SCRIPT.getOrDefault(most.getKey(), ""))
        .orElse("");
  }

  private static String ofLatin(String text) {
    List<String> words = List.of(Words.plain(text).split(" ", -1));
    String best = "";
    long most = 1; // a single little word may be chance
    for (Little language : LITTLE_WORDS) {
      long count = words.stream().filter(language.words()::contains).count();
      if (count > most) {
        best = language.code();
        most = count;
      }
    }
    return best;
  }
}
