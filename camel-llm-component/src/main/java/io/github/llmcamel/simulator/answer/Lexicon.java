/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which words, phrases and headers hint at which label. Small on purpose: it knows the common kinds
 * of business documents, moods and urgencies, mostly in English.
 */
final class Lexicon {

  /** The cue of a text with times at the start of its lines. */
  static final String TIMESTAMPS = "timestamps:";

  /** What a document may be when nobody says what there is to choose from. */
  static final List<String> DOCUMENT_KINDS =
      List.of(
          "invoice",
          "e-mail",
          "minutes",
          "contract",
          "log",
          "report",
          "complaint",
          "order",
          "receipt",
          "other");

  private static final Pattern TIMESTAMP =
      Pattern.compile("\\s*\\[?(?:\\d{4}[-/]\\d{2}[-/]\\d{2}[T ])?\\d{2}:\\d{2}:\\d{2}");

  /** A cue that ends in a colon is a header; the rest are words and phrases. */
  private static final Map<String, List<String>> CUES =
      table(
          """
          invoice = invoice, invoice number:, invoice no:, invoice date:, bill to:, amount \
            due:, total due:, due date:, subtotal:, vat:, total:, amount due, bill to, net \
            amount, payment terms, unit price, vat, subtotal, iban, qty, rechnung, facture, \
            factura, mwst, tva
          email = from:, to:, cc:, subject:, sent:, von:, an:, betreff:, objet:, email, e \
            mail, dear, hi, hello, best regards, kind regards, regards, mit freundlichen \
            grüßen, cordialement
          minutes = attendees:, participants:, present:, agenda:, action items:, decisions:, \
            teilnehmer:, minutes, meeting minutes, minutes of, action items, next meeting, \
            meeting, agenda, attendees, agreed, apologies, protokoll, tagesordnung
          contract = agreement, contract, this agreement, the parties, party, parties, \
            hereinafter, hereby, shall, clause, governing law, effective date, term and \
            termination, termination, liability, confidentiality, in witness whereof, vertrag, \
            contrat
          log = timestamps:, error, warn, warning, info, debug, trace, fatal, exception, stack \
            trace, started, stopped, timeout, caused by
          report = report, executive summary, findings, conclusion, conclusions, analysis, \
            results, introduction, recommendations, figures, quarter, bericht
          complaint = complaint, complain, disappointed, dissatisfied, unacceptable, refund, \
            broken, damaged, faulty, not working, still waiting, late, angry, beschwerde, \
            réclamation
          order = order, order number:, po number:, ship to:, deliver to:, purchase order, \
            quantity, delivery date, ship to, we order, bestellung, commande
          receipt = receipt, cash, change, card, paid, thank you for your purchase, cashier, \
            quittung, reçu
          letter = dear, sincerely, yours sincerely, yours faithfully, yours truly, enclosed, \
            sehr geehrte
          quote = quote, quotation, offer, valid until, we offer, valid until:, angebot
          resume = resume, curriculum vitae, work experience, experience, education, skills, \
            lebenslauf
          support = support, ticket, help, issue, cannot, problem, error message, login
          spam = winner, lottery, prize, free, click here, act now, unsubscribe, limited \
            offer, congratulations
          positive = good, great, excellent, happy, pleased, love, perfect, wonderful, thank, \
            thanks, thank you, satisfied, recommend, fantastic, well done, zufrieden, danke, \
            merci
          negative = bad, poor, terrible, awful, broken, damaged, disappointed, angry, late, \
            refund, unacceptable, complaint, problem, failed, failure, worst, hate, not \
            working, never again, enttäuscht, schlecht, déçu
          urgent = urgent, urgently, immediately, asap, as soon as possible, critical, \
            emergency, deadline, outage, right away, today, overdue, dringend, sofort
          """);

  /** Labels that mean one of those above. */
  private static final Map<String, List<String>> SYNONYMS =
      table(
          """
          email = e mail, mail
          invoice = bill, rechnung
          minutes = protocol, meeting
          contract = agreement
          log = logfile
          quote = offer, quotation
          resume = cv
          support = ticket
          urgent = high, critical
          """);

  private Lexicon() {}

  /** The cues of a label given in plain words, each once; empty if none of its words is known. */
  static Set<String> cues(String label) {
    Set<String> cues = new LinkedHashSet<>(cuesOfWord(label));
    if (cues.isEmpty() && !label.startsWith("not ") && !label.startsWith("no ")) {
      for (String word : label.replace("e mail", "email").split(" ", -1)) {
        cues.addAll(cuesOfWord(word));
      }
    }
    return cues;
  }

  /** Whether a word is a label of the lexicon, or means one. */
  static boolean knows(String word) {
    return !cuesOfWord(word).isEmpty();
  }

  static boolean hasTimestamp(String line) {
    return TIMESTAMP.matcher(line).lookingAt();
  }

  private static List<String> cuesOfWord(String word) {
    boolean plural = word.length() > 3 && word.endsWith("s");
    String singular = plural ? word.substring(0, word.length() - 1) : word;
    for (String spelling : List.of(word, singular)) {
      for (Map.Entry<String, List<String>> label : CUES.entrySet()) {
        List<String> synonyms = SYNONYMS.getOrDefault(label.getKey(), List.of());
        if (label.getKey().equals(spelling) || synonyms.contains(spelling)) {
          return label.getValue();
        }
      }
    }
    return List.of();
  }

  private static Map<String, List<String>> table(String text) {
    return text.lines()
        .map(line -> line.split(" = ", 2))
        .collect(
            Collectors.toUnmodifiableMap(
                row -> row[0], row -> List.of(row[1].strip().split(",\\s+", -1))));
  }
}
