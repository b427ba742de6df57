/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import io.github.llmcamel.otel.testkit.CamelTracer;

/** Who else traces, and where OpenTelemetry comes from. */
enum Tracer {
  NONE(CamelTracer.NONE),
  CAMEL_OPENTELEMETRY(CamelTracer.OPENTELEMETRY),
  CAMEL_OPENTELEMETRY2(CamelTracer.OPENTELEMETRY2),
  /** None, but the OpenTelemetry is the global one, as an agent's is. */
  GLOBAL(CamelTracer.NONE);

  private final CamelTracer ofCamel;

  Tracer(CamelTracer ofCamel) {
    this.ofCamel = ofCamel;
  }

  CamelTracer ofCamel() {
    return ofCamel;
  }
}
