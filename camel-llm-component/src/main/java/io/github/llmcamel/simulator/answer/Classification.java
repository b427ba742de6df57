/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses the label that a document scores highest for; of equals the first. If none scores, a
 * label such as "other" or "neutral" wins, or else the first one.
 *
 * <p>A label scores 2 if the document says it and 3 more if its first line does. On top of that
 * each cue of the {@link Lexicon} that occurs scores: a word 1, a phrase 2, a header 3. The first
 * 64,000 characters count.
 */
final class Classification {

  private static final Set<String> CATCH_ALL =
      Set.of("other", "others", "unknown", "none", "misc", "miscellaneous", "sonstiges");
  private static final Set<String> UNREMARKABLE = Set.of("neutral", "normal", "medium", "standard");
  private static final int READ = 64_000;

  private final String words;
  private final String firstLine;
  private final Set<String> headers = new HashSet<>();

  private Classification(Document document) {
    String text = document.text();
    String start = text.substring(0, Math.min(READ, text.length()));
    words = spaced(start);
    firstLine = document.lines().stream().findFirst().map(Classification::spaced).orElse("");
    start.lines().filter(Document::isLabelled).forEach(line -> headers.add(header(line)));
    if (start.lines().filter(Lexicon::hasTimestamp).limit(2).count() == 2) {
      headers.add(Lexicon.TIMESTAMPS);
    }
  }

  /**
   * @param labels at least one
   */
  static String choose(List<String> labels, Document document) {
    Classification classification = new Classification(document);
    String best = fallback(labels);
    int most = 0;
    for (String label : labels) {
      int score = classification.score(label);
      if (score > most) {
        best = label;
        most = score;
      }
    }
    return best;
  }

  /** Whether a document scores for a label at all. */
  static boolean scores(String label, Document document) {
    return new Classification(document).score(label) > 0;
  }

  private static String fallback(List<String> labels) {
    for (Set<String> fallbacks : List.of(CATCH_ALL, UNREMARKABLE)) {
      for (String label : labels) {
        if (fallbacks.contains(Words.plain(label))) {
          return label;
        }
      }
    }
    return labels.get(0);
  }

  private int score(String label) {
    String plain = Words.plain(label);
    if (plain.isEmpty() || CATCH_ALL.contains(plain)) {
      return 0;
    }
    int score = 0;
    String said = " " + plain + " ";
    if (words.contains(said)) {
      score += firstLine.contains(said) ? 5 : 2;
    }
    for (String cue : Lexicon.cues(plain)) {
      score += cueScore(cue);
    }
    return score;
  }

  private int cueScore(String cue) {
    if (cue.endsWith(":")) {
      return headers.contains(cue) ? 3 : 0;
    }
    int worth = cue.indexOf(' ') < 0 ? 1 : 2;
    return words.contains(" " + cue + " ") ? worth : 0;
  }

  private static String header(String line) {
    int colon = line.indexOf(':');
    return Words.plain(line.substring(0, colon < 0 ? line.length() : colon)) + ":";
  }

  private static String spaced(String text) {
    return " " + Words.plain(text) + " ";
  }
}
