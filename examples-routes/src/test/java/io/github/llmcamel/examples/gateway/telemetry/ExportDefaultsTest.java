/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportDefaultsTest {

  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void asksForMetricsAloneWhereNothingSaysWhereToExportTo() {
    assertThat(missing(NOTHING, NOTHING, NOTHING))
        .isEqualTo(
            Map.of(
                "otel.metrics.exporter", "gateway",
                "otel.traces.exporter", "none",
                "otel.logs.exporter", "none"));
  }

  @Test
  void addsNothingWhereAnExporterOrAnEndpointIsNamed() {
    assertThat(missing(NOTHING, Map.of("OTEL_METRICS_EXPORTER", "otlp"), NOTHING)).isEmpty();
    assertThat(missing(Map.of("otel.traces.exporter", "console"), NOTHING, NOTHING)).isEmpty();
    assertThat(missing(NOTHING, NOTHING, Map.of("otel.logs.exporter", "otlp"))).isEmpty();
    assertThat(missing(NOTHING, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://x"), NOTHING))
        .isEmpty();
    assertThat(missing(NOTHING, NOTHING, Map.of("otel.exporter.otlp.traces.endpoint", "http://x")))
        .isEmpty();
    assertThat(missing(NOTHING, Map.of("TRACELOOP_BASE_URL", "http://x"), NOTHING)).isEmpty();
  }

  @Test
  void changesNothingThatIsSaid() {
    assertThat(missing(NOTHING, Map.of("OTEL_METRICS_EXPORTER", "none"), NOTHING))
        .isEqualTo(Map.of("otel.traces.exporter", "none", "otel.logs.exporter", "none"));
  }

  @Test
  void sendsNothingForWhoAsksForMetricsToBeRead() {
    assertThat(missing(NOTHING, Map.of("OTEL_METRICS_EXPORTER", "gateway"), NOTHING))
        .isEqualTo(Map.of("otel.traces.exporter", "none", "otel.logs.exporter", "none"));
  }

  @Test
  void takesABlankValueForNone() {
    assertThat(missing(NOTHING, Map.of("OTEL_METRICS_EXPORTER", " "), NOTHING)).hasSize(3);
  }

  private static Map<String, String> missing(
      Map<String, String> systemProperties,
      Map<String, String> variables,
      Map<String, String> camelProperties) {
    return new ExportDefaults(systemProperties::get, variables::get, camelProperties::get)
        .missing();
  }
}
