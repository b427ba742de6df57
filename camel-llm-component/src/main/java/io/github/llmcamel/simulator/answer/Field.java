/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.math.BigDecimal;
import java.util.List;

/**
 * One member that the wanted JSON object must have.
 *
 * @param options the only values it may have; empty if it may have any
 * @param members of an object; of a list, its one kind of element or nothing
 * @param nullable whether null is a valid value
 * @param absent the number that stands for one that is not there
 */
record Field(
    String name,
    Kind kind,
    List<String> options,
    List<Field> members,
    boolean nullable,
    BigDecimal absent) {

  enum Kind {
    ANY,
    TEXT,
    NUMBER,
    INTEGER,
    BOOLEAN,
    LIST,
    OBJECT
  }

  Field {
    options = List.copyOf(options);
    members = List.copyOf(members);
  }

  Field(String name, Kind kind, List<String> options, List<Field> members, boolean nullable) {
    this(name, kind, options, members, nullable, BigDecimal.ZERO);
  }

  static Field any(String name) {
    return of(name, Kind.ANY);
  }

  /** A field of a prompt, where nothing forbids null. */
  static Field of(String name, Kind kind) {
    return new Field(name, kind, List.of(), List.of(), true);
  }

  Field withOptions(List<String> choices) {
    return new Field(name, kind, choices, members, nullable, absent);
  }
}
