/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway adds to the settings of OpenTelemetry, so that an SDK is built and there are
 * metrics to read also where nothing is exported.
 */
public final class ExportDefaults {

  static final String METRICS_EXPORTER = "otel.metrics.exporter";

  /** In the place of an exporter: metrics are wanted, to be read from the gateway. */
  static final String GATEWAY = "gateway";

  static final String NONE = "none";

  private static final List<String> SIGNALS = List.of("traces", "metrics", "logs");

  private final Function<String, @Nullable String> systemProperties;
  private final Function<String, @Nullable String> variables;
  private final Function<String, @Nullable String> camelProperties;

  ExportDefaults(
      Function<String, @Nullable String> systemProperties,
      Function<String, @Nullable String> variables,
      Function<String, @Nullable String> camelProperties) {
    this.systemProperties = systemProperties;
    this.variables = variables;
    this.camelProperties = camelProperties;
  }

  /**
   * The Camel properties to add; none if the process or Camel already says where to export to.
   * Nothing that is said is changed.
   *
   * @param camelProperties those that are set; null for what is not
   */
  public static Map<String, String> missing(Function<String, @Nullable String> camelProperties) {
    return new ExportDefaults(System::getProperty, System::getenv, camelProperties).missing();
  }

  Map<String, String> missing() {
    if (SIGNALS.stream().anyMatch(this::isExportAsked)) {
      return Map.of();
    }
    Map<String, String> missing = new LinkedHashMap<>();
    for (String signal : SIGNALS) {
      if (said(exporter(signal)) == null) {
        missing.put(exporter(signal), signal.equals("metrics") ? GATEWAY : NONE);
      }
    }
    return missing;
  }

  /** As camel-llm-otel sees it, but for the name that asks for nothing to be sent. */
  private boolean isExportAsked(String signal) {
    String exporter = said(exporter(signal));
    if (exporter != null) {
      return !exporter.equals(NONE) && !exporter.equals(GATEWAY);
    }
    return said("otel.exporter.otlp.endpoint") != null
        || said("otel.exporter.otlp.%s.endpoint".formatted(signal)) != null
        || value(variables, "TRACELOOP_BASE_URL") != null;
  }

  private static String exporter(String signal) {
    return "otel.%s.exporter".formatted(signal);
  }

  private @Nullable String said(String property) {
    String ofJvm = value(systemProperties, property);
    if (ofJvm != null) {
      return ofJvm;
    }
    String ofEnvironment = value(variables, property.toUpperCase(Locale.ROOT).replace('.', '_'));
    return ofEnvironment != null ? ofEnvironment : value(camelProperties, property);
  }

  private static @Nullable String value(Function<String, @Nullable String> source, String name) {
    String value = source.apply(name);
    return value == null || value.isBlank() ? null : value.trim();
  }
}
