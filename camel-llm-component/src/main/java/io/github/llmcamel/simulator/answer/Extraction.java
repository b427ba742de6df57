/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Fills the fields of a JSON object from a document. Where nothing fits stands null, or the empty
 * value of its type if the schema forbids null. No text is longer than 1,000 characters.
 */
final class Extraction {

  private static final int LONGEST_VALUE = 1_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> YES = Set.of("yes", "true", "ja", "oui", "x");
  private static final Set<String> NO = Set.of("no", "false", "nein", "non", "none");
  private static final Set<String> NO_PLURALS =
      Set.of("status", "address", "business", "news", "class");

  private final Document document;
  private final Finder finder;

  Extraction(Document document) {
    this.document = document;
    this.finder = new Finder(document);
  }

  ObjectNode object(List<Field> fields) {
    return object(fields, "");
  }

  /**
   * @param of the name of the object, which its members may need to be understood
   */
  private ObjectNode object(List<Field> fields, String of) {
    ObjectNode object = JSON.objectNode();
    for (Field field : fields) {
      object.set(field.name(), value(field, of));
    }
    return object;
  }

  private JsonNode value(Field field, String of) {
    if (field.kind() == Field.Kind.OBJECT) {
      return object(field.members(), field.name());
    }
    List<String> found = of.isEmpty() ? List.of() : finder.find(of + " " + field.name());
    if (found.isEmpty()) {
      found = finder.find(field.name());
    }
    if (!field.options().isEmpty()) {
      return JSON.textNode(option(field.options(), found));
    }
    Optional<JsonNode> value = value(field, found);
    return value.orElseGet(() -> nothing(field));
  }

  private String option(List<String> options, List<String> found) {
    return options.stream()
        .filter(option -> found.stream().anyMatch(option::equalsIgnoreCase))
        .findFirst()
        .orElseGet(() -> Classification.choose(options, document));
  }

  private Optional<JsonNode> value(Field field, List<String> found) {
    return switch (field.kind()) {
      case NUMBER -> number(field, found).map(JSON::numberNode);
      case INTEGER ->
          number(field, found)
              .map(
                  value -> JSON.numberNode(value.setScale(0, RoundingMode.HALF_UP).toBigInteger()));
      case BOOLEAN -> Optional.of(JSON.booleanNode(holds(field.name(), found)));
      case LIST -> list(field, found);
      case ANY -> isPlural(field.name()) ? list(field, found) : first(found);
      case TEXT, OBJECT -> first(found);
    };
  }

  private static Optional<JsonNode> first(List<String> found) {
    return found.stream().findFirst().map(text -> JSON.textNode(Words.cut(text, LONGEST_VALUE)));
  }

  private Optional<BigDecimal> number(Field field, List<String> found) {
    List<String> texts = found.isEmpty() ? finder.number(Words.ofName(field.name())) : found;
    return texts.stream().flatMap(text -> Amounts.value(text).stream()).findFirst();
  }

  /** Whether the document says so in a label, or else speaks of it at all. */
  private boolean holds(String name, List<String> found) {
    String said = found.isEmpty() ? "" : found.get(0).toLowerCase(Locale.ROOT);
    if (YES.contains(said) || NO.contains(said)) {
      return YES.contains(said);
    }
    List<String> words =
        Words.ofName(name).stream()
            .filter(word -> !Set.of("is", "has", "are").contains(word))
            .toList();
    return Classification.scores(String.join(" ", words), document);
  }

  private Optional<JsonNode> list(Field field, List<String> found) {
    List<String> parts =
        found.size() == 1 && isPlural(field.name()) ? People.in(found.get(0)).toList() : found;
    ArrayNode list = JSON.arrayNode();
    for (String part : parts) {
      if (field.members().isEmpty()) {
        list.add(Words.cut(part, LONGEST_VALUE));
      } else if (field.members().get(0).kind() != Field.Kind.OBJECT) {
        value(field.members().get(0), List.of(part)).ifPresent(list::add);
      }
    }
    return list.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static boolean isPlural(String name) {
    List<String> words = Words.ofName(name);
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    return last.equals("people")
        || (last.length() > 3
            && last.endsWith("s")
            && !last.endsWith("ss")
            && !last.endsWith("is")
            && !NO_PLURALS.contains(last));
  }

  private JsonNode nothing(Field field) {
    if (field.nullable()) {
      return JSON.nullNode();
    }
    return switch (field.kind()) {
      case TEXT -> JSON.textNode("");
      case NUMBER, INTEGER -> JSON.numberNode(field.absent());
      case LIST -> JSON.arrayNode();
      case BOOLEAN -> JSON.booleanNode(false);
      case OBJECT -> object(field.members(), field.name());
      case ANY -> JSON.nullNode();
    };
  }
}
