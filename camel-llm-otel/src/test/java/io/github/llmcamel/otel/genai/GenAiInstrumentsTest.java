/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is exported is what the conventions and the seed name, to the letter. */
class GenAiInstrumentsTest {

  private static final String DURATION =
      "0.01 0.02 0.04 0.08 0.16 0.32 0.64 1.28 2.56 5.12 10.24 20.48 40.96 81.92";

  /** Name to type, unit and bounds. */
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("gen_ai.client.operation.duration", "HISTOGRAM s " + DURATION),
          Map.entry(
              "gen_ai.client.token.usage",
              "HISTOGRAM {token} 1.0 4.0 16.0 64.0 256.0 1024.0 4096.0 16384.0 65536.0 262144.0"
                  + " 1048576.0 4194304.0 1.6777216E7 6.7108864E7"),
          Map.entry(
              "gen_ai.server.time_to_first_token",
              "HISTOGRAM s 0.001 0.005 0.01 0.02 0.04 0.06 0.08 0.1 0.25 0.5 0.75 1.0 2.5 5.0 7.5"
                  + " 10.0"),
          Map.entry(
              "gen_ai.server.time_per_output_token",
              "HISTOGRAM s 0.01 0.025 0.05 0.075 0.1 0.15 0.2 0.3 0.4 0.5 0.75 1.0 2.5"),
          Map.entry("llm.request.count", "LONG_SUM 1 monotonic"),
          Map.entry("llm.request.errors", "LONG_SUM 1 monotonic"),
          Map.entry("llm.request.active", "LONG_SUM 1 up and down"),
          Map.entry("llm.stream.chunks", "LONG_SUM 1 monotonic"),
          Map.entry(
              "llm.token.throughput",
              "HISTOGRAM {token}/s 1.0 2.0 5.0 10.0 20.0 50.0 100.0 200.0 500.0 1000.0 2000.0"
                  + " 5000.0"),
          Map.entry(
              "llm.request.message_count",
              "HISTOGRAM 1 1.0 2.0 4.0 8.0 16.0 32.0 64.0 128.0 256.0"),
          Map.entry("gen_ai.client.operation.time_to_first_chunk", "HISTOGRAM s " + DURATION),
          Map.entry("gen_ai.client.operation.time_per_output_chunk", "HISTOGRAM s " + DURATION),
          Map.entry("llm.cost", "DOUBLE_SUM {currency} monotonic"));

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CallTelemetry calls =
      new CallTelemetry(telemetry.openTelemetry(), "1.2.3", TelemetrySettings.defaults());

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void exportsEachWithItsKindUnitAndBounds() {
    useAll();

    assertThat(
            telemetry.metrics().entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, metric -> describe(metric.getValue()))))
        .isEqualTo(EXPECTED);
  }

  @Test
  void saysWhatEachMeansUnderTheScopeOfThisLibrary() {
    useAll();

    assertThat(telemetry.metrics().values())
        .allSatisfy(
            metric -> {
              assertThat(metric.getDescription()).isNotBlank();
              assertThat(metric.getInstrumentationScopeInfo().getName())
                  .isEqualTo("io.github.llmcamel");
              assertThat(metric.getInstrumentationScopeInfo().getVersion()).isEqualTo("1.2.3");
            });
  }

  @Test
  void listsEveryInstrumentWithExactlyTheAttributesThatItsPointsHave() {
    useAll();

    assertThat(
            GenAiInstruments.all().stream()
                .collect(
                    Collectors.toMap(
                        GenAiInstruments.Instrument::name,
                        instrument -> names(Set.copyOf(instrument.attributes())))))
        .isEqualTo(
            telemetry.metrics().values().stream()
                .collect(Collectors.toMap(MetricData::getName, GenAiInstrumentsTest::keys)));
  }

  @Test
  void leadsFromEveryPointToTheSpanOfACall() {
    CallObservation observation = start();
    observation.event(new ChatEvent.TextDelta(0, "a"));
    observation.event(new ChatEvent.TextDelta(0, "b"));
    observation.completed(Calls.response());
    String spanId = telemetry.onlySpan().getSpanId();

    assertThat(telemetry.metrics().values())
        .hasSize(EXPECTED.size() - 1)
        .allSatisfy(
            metric ->
                assertThat(metric.getData().getPoints())
                    .isNotEmpty()
                    .allSatisfy(
                        point ->
                            assertThat(point.getExemplars())
                                .isNotEmpty()
                                .allSatisfy(
                                    exemplar ->
                                        assertThat(exemplar.getSpanContext().getSpanId())
                                            .isEqualTo(spanId))));
  }

  /** One streamed call that completes, and one that fails when it has named its model. */
  private void useAll() {
    CallObservation completes = start();
    completes.event(new ChatEvent.TextDelta(0, "a"));
    completes.event(new ChatEvent.TextDelta(0, "b"));
    completes.completed(Calls.response());
    CallObservation fails = start();
    fails.event(new ChatEvent.Started(null, "gpt-4o-2024-08-06"));
    fails.failed(Calls.rateLimit());
  }

  private CallObservation start() {
    CallObservation observation =
        calls
            .observer(Caller.at(Calls.below(Context.root())).routeId("route-1").build())
            .start(Calls.streamed().ofStage("classify", "v1").pricedBy(Calls.prices()));
    observation.sent();
    observation.event(new ChatEvent.Started("id", "gpt-4o-2024-08-06"));
    return observation;
  }

  private static String describe(MetricData metric) {
    String more;
    if (metric.getType() == MetricDataType.HISTOGRAM) {
      assertThat(metric.getHistogramData().getAggregationTemporality())
          .isEqualTo(AggregationTemporality.CUMULATIVE);
      HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
      more = point.getBoundaries().stream().map(String::valueOf).collect(Collectors.joining(" "));
    } else {
      SumData<?> sum =
          metric.getType() == MetricDataType.LONG_SUM
              ? metric.getLongSumData()
              : metric.getDoubleSumData();
      more = sum.isMonotonic() ? "monotonic" : "up and down";
    }
    return metric.getType() + " " + metric.getUnit() + " " + more;
  }

  private static Set<String> keys(MetricData metric) {
    Set<AttributeKey<?>> keys =
        metric.getData().getPoints().stream()
            .map(PointData::getAttributes)
            .flatMap(attributes -> attributes.asMap().keySet().stream())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return names(keys);
  }

  private static Set<String> names(Set<AttributeKey<?>> keys) {
    return keys.stream().map(AttributeKey::getKey).collect(Collectors.toCollection(TreeSet::new));
  }
}
