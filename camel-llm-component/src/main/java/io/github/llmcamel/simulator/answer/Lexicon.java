/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import static java.util.Map.entry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
      Map.ofEntries(
          entry(
              "invoice",
              List.of(
                  "invoice",
                  "invoice number:",
                  "invoice no:",
                  "invoice date:",
                  "bill to:",
                  "amount due:",
                  "total due:",
                  "due date:",
                  "subtotal:",
                  "vat:",
                  "total:",
                  "amount due",
                  "bill to",
                  "net amount",
                  "payment terms",
                  "unit price",
                  "vat",
                  "subtotal",
                  "iban",
                  "qty",
                  "rechnung",
                  "facture",
                  "factura",
                  "mwst",
                  "tva")),
          entry(
              "email",
              List.of(
                  "from:",
                  "to:",
                  "cc:",
                  "subject:",
                  "sent:",
                  "von:",
                  "an:",
                  "betreff:",
                  "objet:",
                  "email",
                  "e mail",
                  "dear",
                  "hi",
                  "hello",
                  "best regards",
                  "kind regards",
                  "regards",
                  "mit freundlichen grüßen",
                  "cordialement")),
          entry(
              "minutes",
              List.of(
                  "attendees:",
                  "participants:",
                  "present:",
                  "agenda:",
                  "action items:",
                  "decisions:",
                  "teilnehmer:",
                  "minutes",
                  "meeting minutes",
                  "minutes of",
                  "action items",
                  "next meeting",
                  "meeting",
                  "agenda",
                  "attendees",
                  "agreed",
                  "apologies",
                  "protokoll",
                  "tagesordnung")),
          entry(
              "contract",
              List.of(
                  "agreement",
                  "contract",
                  "this agreement",
                  "the parties",
                  "party",
                  "parties",
                  "hereinafter",
                  "hereby",
                  "shall",
                  "clause",
                  "governing law",
                  "effective date",
                  "term and termination",
                  "termination",
                  "liability",
                  "confidentiality",
                  "in witness whereof",
                  "vertrag",
                  "contrat")),
          entry(
              "log",
              List.of(
                  TIMESTAMPS,
                  "error",
                  "warn",
                  "warning",
                  "info",
                  "debug",
                  "trace",
                  "fatal",
                  "exception",
                  "stack trace",
                  "started",
                  "stopped",
                  "timeout",
                  "caused by")),
          entry(
              "report",
              List.of(
                  "report",
                  "executive summary",
                  "findings",
                  "conclusion",
                  "conclusions",
                  "analysis",
                  "results",
                  "introduction",
                  "recommendations",
                  "figures",
                  "quarter",
                  "bericht")),
          entry(
              "complaint",
              List.of(
                  "complaint",
                  "complain",
                  "disappointed",
                  "dissatisfied",
                  "unacceptable",
                  "refund",
                  "broken",
                  "damaged",
                  "faulty",
                  "not working",
                  "still waiting",
                  "late",
                  "angry",
                  "beschwerde",
                  "réclamation")),
          entry(
              "order",
              List.of(
                  "order",
                  "order number:",
                  "po number:",
                  "ship to:",
                  "deliver to:",
                  "purchase order",
                  "quantity",
                  "delivery date",
                  "ship to",
                  "we order",
                  "bestellung",
                  "commande")),
          entry(
              "receipt",
              List.of(
                  "receipt",
                  "cash",
                  "change",
                  "card",
                  "paid",
                  "thank you for your purchase",
                  "cashier",
                  "quittung",
                  "reçu")),
          entry(
              "letter",
              List.of(
                  "dear",
                  "sincerely",
                  "yours sincerely",
                  "yours faithfully",
                  "yours truly",
                  "enclosed",
                  "sehr geehrte")),
          entry(
              "quote",
              List.of(
                  "quote",
                  "quotation",
                  "offer",
                  "valid until",
                  "we offer",
                  "valid until:",
                  "angebot")),
          entry(
              "resume",
              List.of(
                  "resume",
                  "curriculum vitae",
                  "work experience",
                  "experience",
                  "education",
                  "skills",
                  "lebenslauf")),
          entry(
              "support",
              List.of(
                  "support",
                  "ticket",
                  "help",
                  "issue",
                  "cannot",
                  "problem",
                  "error message",
                  "login")),
          entry(
              "spam",
              List.of(
                  "winner",
                  "lottery",
                  "prize",
                  "free",
                  "click here",
                  "act now",
                  "unsubscribe",
                  "limited offer",
                  "congratulations")),
          entry(
              "positive",
              List.of(
                  "good",
                  "great",
                  "excellent",
                  "happy",
                  "pleased",
                  "love",
                  "perfect",
                  "wonderful",
                  "thank",
                  "thanks",
                  "thank you",
                  "satisfied",
                  "recommend",
                  "fantastic",
                  "well done",
                  "zufrieden",
                  "danke",
                  "merci")),
          entry(
              "negative",
              List.of(
                  "bad",
                  "poor",
                  "terrible",
                  "awful",
                  "broken",
                  "damaged",
                  "disappointed",
                  "angry",
                  "late",
                  "refund",
                  "unacceptable",
                  "complaint",
                  "problem",
                  "failed",
                  "failure",
                  "worst",
                  "hate",
                  "not working",
                  "never again",
                  "enttäuscht",
                  "schlecht",
                  "déçu")),
          entry(
              "urgent",
              List.of(
                  "urgent",
                  "urgently",
                  "immediately",
                  "asap",
                  "as soon as possible",
                  "critical",
                  "emergency",
                  "deadline",
                  "outage",
                  "right away",
                  "today",
                  "overdue",
                  "dringend",
                  "sofort")),
          entry("yes", List.of("yes", "confirmed", "confirm", "approved", "accepted", "agreed")),
          entry("no", List.of("no", "not", "declined", "rejected", "refused", "cancelled")));

  private static final Map<String, String> SAME =
      Map.ofEntries(
          entry("e mail", "email"),
          entry("mail", "email"),
          entry("bill", "invoice"),
          entry("rechnung", "invoice"),
          entry("protocol", "minutes"),
          entry("meeting", "minutes"),
          entry("agreement", "contract"),
          entry("logfile", "log"),
          entry("logs", "log"),
          entry("offer", "quote"),
          entry("quotation", "quote"),
          entry("cv", "resume"),
          entry("ticket", "support"),
          entry("high", "urgent"),
          entry("critical", "urgent"));

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

  static boolean hasTimestamp(String line) {
    return TIMESTAMP.matcher(line).lookingAt();
  }

  private static List<String> cuesOfWord(String word) {
    String singular =
        word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    String known = SAME.getOrDefault(word, SAME.getOrDefault(singular, word));
    return CUES.getOrDefault(known, CUES.getOrDefault(singular, List.of()));
  }
}
