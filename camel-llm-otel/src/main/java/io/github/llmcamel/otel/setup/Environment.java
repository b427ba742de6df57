/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, as functions from a name to a value or null.
 *
 * <p>A blank value is no value, as OpenTelemetry wants it.
 *
 * @param systemProperties the JVM's
 * @param variables the process's environment
 * @param camelProperties what Camel's properties component resolves
 */
public record Environment(
    Function<String, @Nullable String> systemProperties,
    Function<String, @Nullable String> variables,
    Function<String, @Nullable String> camelProperties) {

  /** OpenTelemetry's properties that can be set in Camel, where they cannot be listed by prefix. */
  private static final List<String> OTEL_PROPERTIES =
      List.of(
          "otel.sdk.disabled",
          "otel.service.name",
          "otel.resource.attributes",
          "otel.propagators",
          "otel.traces.exporter",
          "otel.traces.sampler",
          "otel.traces.sampler.arg",
          "otel.bsp.schedule.delay",
          "otel.bsp.max.queue.size",
          "otel.bsp.max.export.batch.size",
          "otel.bsp.export.timeout",
          "otel.span.attribute.count.limit",
          "otel.span.attribute.value.length.limit",
          "otel.attribute.count.limit",
          "otel.attribute.value.length.limit",
          "otel.metrics.exporter",
          "otel.metrics.exemplar.filter",
          "otel.metric.export.interval",
          "otel.metric.export.timeout",
          "otel.logs.exporter",
          "otel.blrp.schedule.delay",
          "otel.blrp.max.queue.size",
          "otel.blrp.max.export.batch.size",
          "otel.blrp.export.timeout",
          "otel.exporter.otlp.metrics.temporality.preference",
          "otel.exporter.otlp.metrics.default.histogram.aggregation");

  private static final List<String> OTLP_PROPERTIES =
      List.of(
          "endpoint",
          "protocol",
          "headers",
          "timeout",
          "compression",
          "certificate",
          "client.key",
          "client.certificate");

  /** The process's own environment, and {@code camelProperties}. */
  public static Environment ofProcess(Function<String, @Nullable String> camelProperties) {
    return new Environment(System::getProperty, System::getenv, camelProperties);
  }

  /** An environment variable; null if it is not set. */
  @Nullable String variable(String name) {
    return value(variables, name);
  }

  /** A setting of Camel's; null if it is not set. */
  public @Nullable String camel(String property) {
    return value(camelProperties, property);
  }

  /** A setting of OpenTelemetry: JVM property, then environment, then Camel property. */
  public @Nullable String otel(String property) {
    String ofJvm = value(systemProperties, property);
    if (ofJvm != null) {
      return ofJvm;
    }
    String ofEnvironment =
        variable(property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    return ofEnvironment != null ? ofEnvironment : value(camelProperties, property);
  }

  /** Every known setting of OpenTelemetry that has a value. */
  Map<String, String> otel() {
    Map<String, String> found = new LinkedHashMap<>();
    OTEL_PROPERTIES.forEach(property -> putOtel(found, property));
    for (String property : OTLP_PROPERTIES) {
      putOtel(found, "otel.exporter.otlp." + property);
      for (Signal signal : Signal.values()) {
        putOtel(found, signal.otlp(property));
      }
    }
    return found;
  }

  private void putOtel(Map<String, String> found, String property) {
    String value = otel(property);
    if (value != null) {
      found.put(property, value);
    }
  }

  private static @Nullable String value(Function<String, @Nullable String> source, String name) {
    String value = source.apply(name);
    return value == null || value.isBlank() ? null : value.trim();
  }
}
