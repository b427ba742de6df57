/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import org.junit.jupiter.api.Test;

class GenAiInstrumentsTest {

  @Test
  void exportsTheDurationAsTheConventionsSay() {
    try (InMemoryTelemetry telemetry = new InMemoryTelemetry()) {
      new CallTelemetry(telemetry.openTelemetry(), "1.2.3")
          .observer(Caller.at(SpanPlace.below(Context.root())))
          .start(Calls.whole())
          .completed(Calls.response());

      MetricData metric = telemetry.onlyMetric();
      assertThat(metric.getName()).isEqualTo("gen_ai.client.operation.duration");
      assertThat(metric.getUnit()).isEqualTo("s");
      assertThat(metric.getDescription()).isEqualTo("GenAI operation duration");
      assertThat(metric.getType()).isEqualTo(MetricDataType.HISTOGRAM);
      assertThat(telemetry.onlyPoint().getBoundaries())
          .containsExactly(
              0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
              81.92);
      assertThat(metric.getInstrumentationScopeInfo().getName()).isEqualTo("io.github.llmcamel");
      assertThat(metric.getInstrumentationScopeInfo().getVersion()).isEqualTo("1.2.3");
    }
  }

  @Test
  void listsEveryInstrument() {
    assertThat(GenAiInstruments.all()).containsExactly(GenAiInstruments.OPERATION_DURATION);
  }
}
