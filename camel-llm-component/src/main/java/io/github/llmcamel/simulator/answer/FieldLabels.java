/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The labels under which a document may keep the value of a field. */
final class FieldLabels {

  /** Labels that mean the same, in the order in which they are tried. */
  private static final List<List<String>> SYNONYMS =
      List.of(
          List.of(
              "from",
              "sender",
              "vendor",
              "supplier",
              "seller",
              "issued by",
              "issuer",
              "author",
              "company",
              "von",
              "absender",
              "de",
              "expéditeur",
              "remitente",
              "lieferant"),
          List.of(
              "to",
              "recipient",
              "bill to",
              "billed to",
              "customer",
              "client",
              "buyer",
              "ship to",
              "an",
              "empfänger",
              "kunde",
              "à",
              "destinataire",
              "para",
              "recipients"),
          List.of(
              "attendees",
              "participants",
              "present",
              "in attendance",
              "people",
              "members",
              "teilnehmer",
              "anwesend",
              "asistentes",
              "présents"),
          List.of("subject", "title", "re", "betreff", "objet", "asunto", "topic"),
          List.of(
              "grand total",
              "amount due",
              "total due",
              "balance due",
              "total amount",
              "invoice total",
              "total",
              "gesamtbetrag",
              "rechnungsbetrag",
              "summe",
              "amount",
              "betrag",
              "montant",
              "importe"),
          List.of(
              "date",
              "invoice date",
              "dated",
              "issue date",
              "sent",
              "meeting date",
              "datum",
              "rechnungsdatum",
              "fecha"),
          List.of(
              "due date",
              "due",
              "payment due",
              "payable by",
              "deadline",
              "fällig",
              "fällig am",
              "zahlbar bis"),
          List.of(
              "action items", "actions", "action", "next steps", "tasks", "todos", "todo", "to do"),
          List.of("decisions", "decision", "decided", "resolutions", "beschlüsse"),
          List.of("items", "line items", "positions", "positionen"));

  private static final List<String> NUMBER_WORDS =
      List.of("number", "no", "nr", "id", "reference", "ref", "nummer");
  private static final Set<String> SAY_NOTHING =
      Set.of("name", "names", "full", "email", "mail", "address", "currency");

  private FieldLabels() {}

  /** The values below the best label that the document has; empty if it has none. */
  static List<String> values(List<String> words, Document document) {
    List<String> telling = words.stream().filter(word -> !SAY_NOTHING.contains(word)).toList();
    List<String> candidates = new ArrayList<>();
    candidates.add(String.join(" ", words));
    candidates.add(String.join(" ", telling));
    candidates.addAll(numberLabels(words));
    SYNONYMS.stream()
        .filter(group -> group.contains(String.join(" ", telling)))
        .forEach(candidates::addAll);
    return candidates.stream()
        .map(document::labelled)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(List.of());
  }

  private static List<String> numberLabels(List<String> words) {
    int last = words.size() - 1;
    if (last < 0 || !NUMBER_WORDS.contains(words.get(last))) {
      return List.of();
    }
    String before = String.join(" ", words.subList(0, last));
    List<String> labels =
        new ArrayList<>(NUMBER_WORDS.stream().map(word -> (before + " " + word).strip()).toList());
    labels.add(before);
    return labels;
  }
}
