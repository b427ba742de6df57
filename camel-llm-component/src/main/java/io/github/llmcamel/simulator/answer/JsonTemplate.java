/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of a JSON object as a prompt sketches it, such as <code>{"a": ..., "b": []}
 * </code>. A sketch need not be valid JSON.
 */
final class JsonTemplate {

  private static final int DEEPEST = 5;

  private final String text;
  private int at;

  private JsonTemplate(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** The fields of the first object that has any, in order. */
  static List<Field> fields(String instruction) {
    int open = instruction.indexOf('{');
    while (open >= 0) {
      List<Field> fields = new JsonTemplate(instruction, open + 1).members(1);
      if (!fields.isEmpty()) {
        return fields;
      }
      open = instruction.indexOf('{', open + 1);
    }
    return List.of();
  }

  /** Reads from behind the opening brace to behind the closing one, or as far as it makes sense. */
  private List<Field> members(int depth) {
    Map<String, Field> members = new LinkedHashMap<>();
    while (true) {
      skip(" \t\n,");
      int close = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
      if (close < 0) {
        at++;
        return List.copyOf(members.values());
      }
      String name = text.substring(at + 1, close);
      at = close + 1;
      skip(" \t\n");
      if (at >= text.length() || text.charAt(at) != ':') {
        return List.copyOf(members.values());
      }
      at++;
      members.putIfAbsent(name, member(name, depth));
    }
  }

  private Field member(String name, int depth) {
    skip(" \t\n");
    if (at < text.length() && text.charAt(at) == '{' && depth < DEEPEST) {
      at++;
      return new Field(name, Field.Kind.OBJECT, List.of(), members(depth + 1), true);
    }
    int start = at;
    skipValue();
    String value = text.substring(start, at);
    return Field.of(name, FieldRequest.kind(value))
        .withOptions(FieldRequest.options(value.replace("\"", "").strip()));
  }

  private void skipValue() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ',' || c == '}')) {
        return;
      }
      depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
      int close = c == '"' ? text.indexOf('"', at + 1) : -1;
      at = close < 0 ? at + 1 : close + 1;
    }
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
