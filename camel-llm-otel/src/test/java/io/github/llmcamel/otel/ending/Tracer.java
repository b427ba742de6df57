/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

/** Who else traces, and where OpenTelemetry comes from. */
enum Tracer {
  NONE,
  CAMEL_OPENTELEMETRY,
  CAMEL_OPENTELEMETRY2,
  /** None, but the OpenTelemetry is the global one, as an agent's is. */
  GLOBAL
}
