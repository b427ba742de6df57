/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.List;
import java.util.Set;

/** What kind of thing a field's name speaks of; the first whose words occur in the name. */
enum Topic {
  EMAIL("email", "emails", "mail"),
  URL("url", "urls", "link", "links", "website"),
  PHONE("phone", "telephone", "tel", "mobile"),
  CURRENCY("currency"),
  COUNT("count", "quantity", "qty", "pages", "hours", "age"),
  DATE("date", "dates", "deadline", "due", "day", "when", "datum"),
  IDENTIFIER("number", "no", "nr", "id", "reference", "ref"),
  AMOUNT(
      "amount",
      "amounts",
      "total",
      "price",
      "prices",
      "sum",
      "cost",
      "fee",
      "balance",
      "subtotal",
      "gross",
      "net",
      "vat",
      "tax"),
  LANGUAGE("language", "lang"),
  SENTIMENT("sentiment", "tone", "mood"),
  URGENCY("urgency", "urgent", "priority"),
  CATEGORY("category", "type", "kind", "class", "classification", "label"),
  SUMMARY("summary", "description", "abstract", "gist", "synopsis"),
  TITLE("title", "subject", "headline", "heading", "topic"),
  PEOPLE(
      "attendees",
      "participants",
      "people",
      "persons",
      "names",
      "recipients",
      "speakers",
      "members"),
  PERSON(
      "sender",
      "from",
      "recipient",
      "to",
      "author",
      "customer",
      "vendor",
      "supplier",
      "seller",
      "buyer",
      "client",
      "name",
      "person",
      "contact",
      "company"),
  OTHER;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<String> words;

  Topic(String... words) {
    this.words = Set.of(words);
  }

  static Topic of(List<String> name) {
    boolean isTotalDue =
        name.contains("due") && (name.contains("amount") || name.contains("total"));
    if (isTotalDue || name.equals(List.of("balance", "due"))) {
      return AMOUNT;
    }
    for (Topic topic : values()) {
      if (name.stream().anyMatch(topic.words::contains)) {
        return topic;
      }
    }
    return OTHER;
  }
}
