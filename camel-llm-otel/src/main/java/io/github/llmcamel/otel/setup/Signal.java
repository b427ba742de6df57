/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.util.Locale;

/** The kinds of telemetry that are exported, each with settings of its own. */
enum Signal {
  TRACES,
  METRICS,
  LOGS;

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  /** The property that names its exporter. */
  String exporter() {
    return "otel." + word + ".exporter";
  }

  /** Its own form of an OTLP property, such as {@code endpoint}. */
  String otlp(String property) {
    return "otel.exporter.otlp." + word + "." + property;
  }
}
