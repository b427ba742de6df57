/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.genai.TelemetrySettings;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/**
 * Finds properties that look like settings of telemetry and are none: with {@code redact} misspelt,
 * nothing is redacted.
 */
final class UnknownProperties {

  private static final String PREFIX = "camel.llm-otel.";

  private static final Set<String> KNOWN =
      Set.of(
          TelemetryLifecycle.ENABLED,
          PREFIX + "preset",
          TelemetrySettings.NAME_LIMIT,
          TelemetryProperties.SEMCONV,
          TelemetryProperties.LOG,
          TelemetryProperties.USER_ID_KEY,
          TelemetryProperties.ROUTE_ID_ON_METRICS,
          TelemetryProperties.HTTP_SPANS,
          TelemetryProperties.PROPAGATE_TO_PROVIDER,
          TelemetryProperties.FINGERPRINT,
          TelemetryProperties.PROPAGATE_HEADERS,
          ContentProperties.CAPTURE_CONTENT,
          ContentProperties.CAPTURE_ROLES,
          ContentProperties.CAPTURE_TOOL_DEFINITIONS,
          ContentProperties.CONTENT_BUDGET,
          ContentProperties.REDACT);

  private UnknownProperties() {}

  /** Their names, in order. */
  static List<String> of(CamelContext context) {
    return context
        .getPropertiesComponent()
        .loadProperties(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
        .stringPropertyNames()
        .stream()
        .sorted()
        .toList();
  }
}
