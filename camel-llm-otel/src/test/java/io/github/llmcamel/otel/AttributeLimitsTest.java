/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.OtlpServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be missing is there however little an SDK is set to keep. */
class AttributeLimitsTest {

  private static final Sampling EVERYTHING =
      new Sampling(0.1, 0.9, 10, 100, List.of("END"), 7L, 0.1, -0.2, 2, "low");

  private OtlpServer server;

  @BeforeEach
  void start() throws IOException {
    GlobalOpenTelemetry.resetForTest();
    server = new OtlpServer();
  }

  @AfterEach
  void stop() {
    server.close();
    GlobalOpenTelemetry.resetForTest();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTEL_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT"})
  void eightAttributesAreEnoughToTellWhatFailed(String limit) {
    call(Map.of(limit, "8"), call -> call.failed(Calls.rateLimit()));

    assertThat(attributes(onlySpan().getAttributesList()))
        .containsOnly(
            Map.entry("gen_ai.operation.name", "chat"),
            Map.entry("gen_ai.provider.name", "azure.ai.openai"),
            Map.entry("gen_ai.system", "azure_openai"),
            Map.entry("gen_ai.request.model", "gpt-4o"),
            Map.entry("server.address", "acme.openai.azure.com"),
            Map.entry("server.port", "443"),
            Map.entry("error.type", "429"),
            Map.entry("llm.outcome", "failed"));
    assertThat(onlySpan().getDroppedAttributesCount()).isPositive();
    assertThat(onlySpan().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(attributes(onlyRecord().getAttributesList()))
        .containsEntry("model", "gpt-4o")
        .containsEntry("llm.outcome", "failed")
        .containsEntry("error.type", "429")
        .containsKeys("exception.type", "exception.message");
  }

  @Test
  void shortValuesAreStillValues() {
    call(
        Map.of("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "4"), call -> call.completed(Calls.response()));

    assertThat(attributes(onlySpan().getAttributesList()))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "azur")
        .containsEntry("gen_ai.request.model", "gpt-")
        .containsEntry("gen_ai.request.temperature", "0.1")
        .containsEntry("gen_ai.usage.input_tokens", "25")
        .containsEntry("llm.outcome", "comp");
    assertThat(onlySpan().getName()).isEqualTo("chat gpt-4o");
  }

  private void call(Map<String, String> limits, Consumer<CallObservation> ending) {
    Map<String, String> variables = new HashMap<>(limits);
    variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", server.url());
    CamelContext context = new DefaultCamelContext();
    new LlmTelemetryPlugin(properties -> new Environment(name -> null, variables::get, properties))
        .load(context);
    context.start();
    ending.accept(
        Objects.requireNonNull(context.getRegistry().findSingleByType(LlmTelemetry.class))
            .observe(ExchangeBuilder.anExchange(context).build())
            .start(Calls.azure("gpt-4o", EVERYTHING, Delivery.WHOLE)));
    context.stop();
  }

  private Span onlySpan() {
    assertThat(server.spans()).hasSize(1);
    return server.spans().get(0);
  }

  private LogRecord onlyRecord() {
    assertThat(server.logRecords()).hasSize(1);
    return server.logRecords().get(0);
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> texts = new HashMap<>();
    attributes.forEach(attribute -> texts.put(attribute.getKey(), text(attribute.getValue())));
    return texts;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> String.valueOf(value.getIntValue());
      case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
      default -> value.getStringValue();
    };
  }
}
