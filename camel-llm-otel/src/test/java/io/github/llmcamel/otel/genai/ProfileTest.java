/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfileTest {

  private static final Set<AttributeKey<?>> OF_POINTS =
      Set.of(
          GenAiAttributes.OPERATION_NAME,
          GenAiAttributes.PROVIDER_NAME,
          GenAiAttributes.REQUEST_MODEL,
          GenAiAttributes.RESPONSE_MODEL,
          GenAiAttributes.SERVER_ADDRESS,
          GenAiAttributes.SERVER_PORT,
          GenAiAttributes.ERROR_TYPE,
          GenAiAttributes.TOKEN_TYPE);

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final Caller caller =
      Caller.at(Calls.below(Context.root()))
          .routeId("route-1")
          .nodeId("node-1")
          .exchangeId("exchange-1")
          .userId("alice")
          .purpose("triage")
          .build();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void hasANameThatOptionsUse() {
    assertThat(Profile.of("semconv", " Strict ")).isEqualTo(Profile.STRICT);
    assertThat(Profile.of("semconv", null)).isEqualTo(Profile.SEED);
    assertThat(Profile.of("semconv", "")).isEqualTo(Profile.SEED);
    assertThatThrownBy(() -> Profile.of("semconv", "loose"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("semconv is 'loose'; use seed or strict");
  }

  @Test
  void strictHasNothingButTheConventionsOnTheSpan() {
    start(Profile.STRICT).completed(Calls.response());

    assertThat(keys(telemetry.onlySpan().getAttributes()))
        .isSubsetOf(Declared.INFERENCE_SPAN.keys())
        .contains(GenAiAttributes.OPERATION_NAME, GenAiAttributes.USAGE_INPUT_TOKENS);
  }

  @Test
  void strictHasNothingButTheConventionsOnMetrics() {
    start(Profile.STRICT).completed(Calls.response());
    start(Profile.STRICT).failed(Calls.rateLimit());

    assertThat(telemetry.metrics().keySet())
        .containsExactlyInAnyOrder("gen_ai.client.operation.duration", "gen_ai.client.token.usage");
    assertThat(
            telemetry.metrics().values().stream()
                .flatMap(metric -> metric.getData().getPoints().stream())
                .map(PointData::getAttributes)
                .flatMap(attributes -> keys(attributes).stream())
                .collect(Collectors.toSet()))
        .isEqualTo(OF_POINTS);
  }

  @Test
  void strictLogsFailuresAlone() {
    start(Profile.STRICT).completed(Calls.response());
    assertThat(telemetry.logs()).isEmpty();

    start(Profile.STRICT).failed(Calls.rateLimit());

    LogRecordData record = telemetry.onlyLog();
    assertThat(record.getEventName()).isEqualTo("gen_ai.client.operation.exception");
    assertThat(keys(record.getAttributes())).isEqualTo(Declared.EXCEPTION_EVENT.keys());
  }

  @Test
  void seedHasAllOfStrictAndMore() {
    start(Profile.SEED).completed(Calls.response());

    assertThat(keys(telemetry.onlySpan().getAttributes()))
        .contains(
            GenAiAttributes.PROVIDER_NAME,
            GenAiAttributes.SYSTEM,
            GenAiAttributes.OUTCOME,
            GenAiAttributes.CAMEL_ROUTE_ID,
            GenAiAttributes.REQUEST_PURPOSE,
            GenAiAttributes.END_USER_ID);
    assertThat(telemetry.metrics()).containsKey("llm.request.count");
  }

  private CallObservation start(Profile profile) {
    return new CallTelemetry(
            telemetry.openTelemetry(), "1", TelemetrySettings.builder().profile(profile).build())
        .observer(caller)
        .start(Calls.whole());
  }

  private static Set<AttributeKey<?>> keys(Attributes attributes) {
    return attributes.asMap().keySet().stream()
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
