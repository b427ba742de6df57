/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK finds the customizer by itself. */
class GatewayMetricsTest {

  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final GatewayMetrics metrics = GatewayMetrics.open();
  private final CamelContext context = new DefaultCamelContext();

  /** Other tests, and Camel's tracers, may have set a global one. */
  @BeforeEach
  void forgetTheGlobalOpenTelemetry() {
    new InMemoryTelemetry().close();
  }

  @AfterEach
  void stop() {
    context.stop();
    metrics.close();
  }

  @Test
  void holdsTheMetricsOfCallsAndOfRequestsWhereNothingIsExported() {
    startAlone();
    call();
    ServerTelemetry.of(context.getRegistry().findSingleByType(OpenTelemetry.class))
        .start(Requests.chat())
        .end(200, null, Ended.COMPLETED);

    PrometheusText text = requireNonNull(metrics.text("text/plain"));

    assertThat(text.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(body(text))
        .contains("# TYPE gen_ai_client_operation_duration_seconds histogram")
        .containsPattern("http_server_request_duration_seconds_count\\{.*POST.*} 1")
        .doesNotContain("trace_id");
  }

  @Test
  void writesOpenMetricsWithExemplarsForWhoAcceptsIt() {
    startAlone();
    call();

    PrometheusText text = requireNonNull(metrics.text(OPEN_METRICS));

    assertThat(text.contentType()).startsWith("application/openmetrics-text");
    assertThat(body(text)).endsWith("# EOF\n").contains("trace_id");
  }

  @Test
  void writesTextForWhoWouldRatherHaveBytes() {
    startAlone();
    call();

    String accept =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
            + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
    assertThat(requireNonNull(metrics.text(accept)).contentType()).startsWith("text/plain");
  }

  @Test
  void isThereAgainAfterARestart() {
    startAlone();
    call();
    context.stop();
    startAlone();

    assertThat(body(metrics.text(null))).doesNotContain("gen_ai_client_operation_duration");
    call();
    assertThat(body(metrics.text(null))).contains("gen_ai_client_operation_duration");
  }

  @Test
  void holdsMetricsBesideWhateverExportersAreNamed() throws IOException {
    try (OtlpServer collector = new OtlpServer()) {
      for (String exporters : List.of("none", "gateway", "otlp", "gateway,otlp")) {
        try (OpenTelemetrySdk sdk = sdk(exporters, collector.url())) {
          sdk.getMeter("test").counterBuilder("seen").build().add(1);

          assertThat(body(metrics.text(null))).contains("seen_total{otel_scope_name=\"test\"} 1.0");
        }
      }
      assertThat(collector.metrics("test")).hasSize(2);
    }
  }

  @Test
  void hasNothingWhereTheApplicationBringsItsOpenTelemetry() {
    try (InMemoryTelemetry own = new InMemoryTelemetry()) {
      context.getRegistry().bind("openTelemetry", own.openTelemetry());
      startAlone();
      call();

      assertThat(metrics.text(null)).isNull();
    }
  }

  @Test
  void takesNothingOnceItIsClosed() {
    metrics.close();
    try (OpenTelemetrySdk sdk = sdk("none", "http://127.0.0.1:9")) {
      assertThat(sdk.toString()).doesNotContain("Prometheus");
      assertThat(metrics.text(null)).isNull();
    }
  }

  @Test
  void isOneInAJvm() {
    assertThatThrownBy(GatewayMetrics::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("close them first");
  }

  private void startAlone() {
    ExportDefaults.missing(key -> null)
        .forEach(context.getPropertiesComponent()::addInitialProperty);
    context.start();
  }

  private void call() {
    context.createProducerTemplate().requestBody("llm:simulator?model=demo", "Hello");
  }

  private static OpenTelemetrySdk sdk(String metricsExporter, String endpoint) {
    Map<String, String> settings =
        Map.of(
            "otel.metrics.exporter", metricsExporter,
            "otel.traces.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.exporter.otlp.endpoint", endpoint,
            "otel.exporter.otlp.protocol", "http/protobuf");
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() -> settings)
        .build()
        .getOpenTelemetrySdk();
  }

  private static String body(@Nullable PrometheusText text) {
    return new String(requireNonNull(text).body(), UTF_8);
  }
}
