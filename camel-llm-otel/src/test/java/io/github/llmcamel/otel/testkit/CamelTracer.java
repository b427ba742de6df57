/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The tracers that Camel has for OpenTelemetry. */
public enum CamelTracer {
  NONE,
  OPENTELEMETRY,
  OPENTELEMETRY2;

  public static Stream<CamelTracer> any() {
    return Stream.of(OPENTELEMETRY, OPENTELEMETRY2);
  }

  public void addTo(CamelContext context) {
    switch (this) {
      case NONE -> {}
      case OPENTELEMETRY -> new org.apache.camel.opentelemetry.OpenTelemetryTracer().init(context);
      case OPENTELEMETRY2 ->
          new org.apache.camel.opentelemetry2.OpenTelemetryTracer().init(context);
    }
  }
}
