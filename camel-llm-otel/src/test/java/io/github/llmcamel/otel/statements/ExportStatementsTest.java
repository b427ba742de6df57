/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a collector receives from an SDK that is built here. */
class ExportStatementsTest {

  private final CamelContext context = new DefaultCamelContext();
  private OtlpServer collector;

  @BeforeEach
  void start() throws IOException {
    GlobalOpenTelemetry.resetForTest();
    collector = new OtlpServer();
    set("otel.exporter.otlp.endpoint", collector.url());
    set("otel.metric.export.interval", String.valueOf(Integer.MAX_VALUE));
  }

  @AfterEach
  void stop() {
    context.stop();
    collector.close();
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  @DisplayName("41. With delta preferred, what is in flight is cumulative all the same")
  void withDeltaPreferredOnlyWhatIsInFlightIsCumulative() {
    set("otel.exporter.otlp.metrics.temporality.preference", "delta");
    askTwice();
    context.stop();

    Map<String, AggregationTemporality> temporality =
        collector.metrics("io.github.llmcamel").stream()
            .collect(Collectors.toMap(Metric::getName, ExportStatementsTest::temporality));
    assertThat(temporality)
        .containsEntry("gen_ai.client.operation.duration", AGGREGATION_TEMPORALITY_DELTA)
        .containsEntry("gen_ai.client.token.usage", AGGREGATION_TEMPORALITY_DELTA)
        .containsEntry("llm.request.count", AGGREGATION_TEMPORALITY_DELTA)
        .containsEntry("llm.request.active", AGGREGATION_TEMPORALITY_CUMULATIVE);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("60. What no interval has exported yet arrives when Camel stops")
  void whatNoIntervalHasExportedArrivesWhenCamelStops(Profile profile) {
    set("camel.llm-otel.semconv", profile.toString());
    askTwice();
    assertThat(collector.requests("/v1/metrics")).isEmpty();

    context.stop();

    assertThat(
            collector
                .lastMetric("io.github.llmcamel", "gen_ai.client.operation.duration")
                .getHistogram()
                .getDataPoints(0)
                .getCount())
        .isEqualTo(2);
    assertThat(collector.spans()).hasSize(2);
  }

  private void set(String property, String value) {
    context.getPropertiesComponent().addInitialProperty(property, value);
  }

  private void askTwice() {
    context.start();
    for (int i = 0; i < 2; i++) {
      context.createProducerTemplate().requestBody("llm:simulator?model=demo", "Hi?");
    }
  }

  private static AggregationTemporality temporality(Metric metric) {
    return metric.hasHistogram()
        ? metric.getHistogram().getAggregationTemporality()
        : metric.getSum().getAggregationTemporality();
  }
}
