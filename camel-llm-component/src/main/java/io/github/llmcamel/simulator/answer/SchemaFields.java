/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the fields of a JSON schema: {@code properties}, {@code type}, {@code enum}, {@code const},
 * {@code items}, {@code minimum} and alternatives with null. What it does not know, such as {@code
 * $ref}, may be anything.
 */
final class SchemaFields {

  private static final int DEEPEST = 8;

  private SchemaFields() {}

  static List<Field> of(JsonNode schema) {
    return members(schema, 0);
  }

  private static List<Field> members(JsonNode schema, int depth) {
    List<Field> members = new ArrayList<>();
    if (depth < DEEPEST) {
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        members.add(field(property.getKey(), property.getValue(), depth));
      }
    }
    return members;
  }

  private static Field field(String name, JsonNode schema, int depth) {
    JsonNode plain = withoutNull(schema);
    Field.Kind kind = kind(plain);
    List<Field> members =
        kind == Field.Kind.LIST && plain.path("items").isObject() && depth < DEEPEST
            ? List.of(field(name, plain.path("items"), depth + 1))
            : members(plain, depth + 1);
    return new Field(
        name,
        kind,
        options(plain),
        members,
        nullable(schema, plain, kind),
        plain.path("minimum").decimalValue().max(BigDecimal.ZERO));
  }

  /** Of {@code anyOf: [x, null]} the x. */
  private static JsonNode withoutNull(JsonNode schema) {
    for (String alternatives : List.of("anyOf", "oneOf")) {
      for (JsonNode one : schema.path(alternatives)) {
        if (!one.path("type").asText().equals("null")) {
          return one;
        }
      }
    }
    return schema;
  }

  private static boolean nullable(JsonNode schema, JsonNode plain, Field.Kind kind) {
    boolean alternative = false;
    for (JsonNode one : schema.path("anyOf")) {
      alternative |= one.path("type").asText().equals("null");
    }
    for (JsonNode one : schema.path("oneOf")) {
      alternative |= one.path("type").asText().equals("null");
    }
    return kind == Field.Kind.ANY || alternative || types(plain).contains("null");
  }

  private static Field.Kind kind(JsonNode schema) {
    String type = types(schema).stream().filter(one -> !one.equals("null")).findFirst().orElse("");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "string" -> Field.Kind.TEXT;
      case "number" -> Field.Kind.NUMBER;
      case "integer" -> Field.Kind.INTEGER;
      case "boolean" -> Field.Kind.BOOLEAN;
      case "array" -> Field.Kind.LIST;
      case "object" -> Field.Kind.OBJECT;
      default -> schema.has("properties") ? Field.Kind.OBJECT : Field.Kind.ANY;
    };
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    List<String> types = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(one -> types.add(one.asText()));
    } else {
      types.add(type.asText());
    }
    return types;
  }

  private static List<String> options(JsonNode schema) {
    List<String> options = new ArrayList<>();
    if (schema.path("const").isTextual()) {
      options.add(schema.path("const").asText());
    }
    for (JsonNode option : schema.path("enum")) {
      if (option.isTextual()) {
        options.add(option.asText());
      }
    }
    return options;
  }
}
