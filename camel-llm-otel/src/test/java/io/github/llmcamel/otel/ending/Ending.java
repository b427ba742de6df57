/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static java.util.Objects.requireNonNull;

import io.github.llmcamel.otel.testkit.Mode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A way for a call to end.
 *
 * @param options of the endpoint, that lead there
 * @param target who is asked
 * @param next what the route does then
 * @param script what happens once the call is made; plays on the test's thread
 * @param expected what it leaves, for each mode in which it can happen
 */
record Ending(
    String name,
    String options,
    Target target,
    NextStep next,
    Consumer<Stage> script,
    Map<Mode, Expected> expected) {

  /** Who is asked. */
  enum Target {
    SERVER,
    /** The server that is busy with the neighbour's call. */
    NEIGHBOURS_SERVER,
    NOBODY,
    /** By https, though it does not speak that. */
    SERVER_WITHOUT_TLS,
    UNKNOWN_HOST
  }

  /** An ending of every mode, of a route that reads its answer. */
  static Ending of(String name, Expected expected, Consumer<Stage> script) {
    Map<Mode, Expected> all = new EnumMap<>(Mode.class);
    List.of(Mode.values()).forEach(mode -> all.put(mode, expected));
    return new Ending(name, "", Target.SERVER, NextStep.READS, script, all);
  }

  /** An ending of live answers alone, of a route that does not read them. */
  static Ending live(String name, Expected expected, Consumer<Stage> script) {
    return new Ending(name, "", Target.SERVER, NextStep.KEEPS, script, Map.of(Mode.LIVE, expected));
  }

  Ending options(String some) {
    return new Ending(name, some, target, next, script, expected);
  }

  Ending target(Target other) {
    return new Ending(name, options, other, next, script, expected);
  }

  Ending next(NextStep other) {
    return new Ending(name, options, target, other, script, expected);
  }

  /** Something else is expected in that mode. */
  Ending in(Mode mode, Expected other) {
    Map<Mode, Expected> changed = new EnumMap<>(expected);
    changed.put(mode, other);
    return new Ending(name, options, target, next, script, Collections.unmodifiableMap(changed));
  }

  /** It cannot happen in that mode. */
  Ending without(Mode mode) {
    Map<Mode, Expected> changed = new EnumMap<>(expected);
    changed.remove(mode);
    return new Ending(name, options, target, next, script, Collections.unmodifiableMap(changed));
  }

  Stream<Mode> modes() {
    return expected.keySet().stream().sorted();
  }

  Expected expected(Mode mode) {
    return requireNonNull(expected.get(mode));
  }

  @Override
  public String toString() {
    return name;
  }
}
