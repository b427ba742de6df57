/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables. An empty one counts as absent, since that is how deployments switch
 * one off.
 */
record Environment(Function<String, @Nullable String> variables) {

  static Environment ofProcess() {
    return new Environment(System::getenv);
  }

  @Nullable String get(String name) {
    String value = variables.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** The first of {@code names} that is set; null if none is. */
  @Nullable String first(List<String> names) {
    return names.stream().filter(this::has).findFirst().map(this::get).orElse(null);
  }
}
