/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses the amount of money that a field's name asks for, where no label tells it: what the last
 * line with a total says, or else the largest amount for a total and the first for any other. A
 * name such as {@code net amount} takes it from the first line that says {@code net}.
 */
final class Totals {

  private static final Set<String> FILLERS =
      Set.of("amount", "amounts", "price", "prices", "sum", "value", "cost", "of", "the");
  private static final Set<String> TOTAL_WORDS =
      Set.of("total", "grand", "due", "invoice", "gross");
  private static final Pattern TOTAL =
      Pattern.compile(
          "(?iu)\\b(?:total|amount due|balance due|summe|gesamt\\w*|betrag|montant|totale)\\b");

  private Totals() {}

  /** One amount, or all of them if the name is {@code amounts}; empty if none fits. */
  static List<String> in(Document document, List<String> words) {
    if (words.contains("amounts") || words.contains("prices")) {
      return Amounts.in(document.text());
    }
    List<String> qualifiers = words.stream().filter(word -> !FILLERS.contains(word)).toList();
    Optional<String> amount =
        TOTAL_WORDS.containsAll(qualifiers)
            ? total(document).or(() -> withoutTotal(document, qualifiers))
            : document.lineWith(qualifiers).flatMap(Amounts::first);
    return amount.stream().toList();
  }

  private static Optional<String> total(Document document) {
    return document.lines().stream()
        .flatMap(line -> totalOf(line).stream())
        .reduce((earlier, later) -> later);
  }

  /** The amount behind the last word for a total, or else any of the line. */
  private static Optional<String> totalOf(String line) {
    int end = -1;
    Matcher total = TOTAL.matcher(line);
    while (total.find()) {
      end = total.end();
    }
    return end < 0
        ? Optional.empty()
        : Amounts.first(line.substring(end)).or(() -> Amounts.first(line));
  }

  private static Optional<String> withoutTotal(Document document, List<String> qualifiers) {
    List<String> all = Amounts.in(document.text());
    return qualifiers.isEmpty()
        ? all.stream().findFirst()
        : all.stream()
            .max(Comparator.comparing(amount -> Amounts.value(amount).orElse(BigDecimal.ZERO)));
  }
}
