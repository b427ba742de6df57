/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls for embeddings leave: what chats leave, as far as it means anything. */
class EmbeddingsTelemetryTest {

  private static final Attributes REQUEST =
      Attributes.builder()
          .put("gen_ai.operation.name", "embeddings")
          .put("gen_ai.provider.name", "openai")
          .put("gen_ai.system", "openai")
          .put("gen_ai.request.model", "embed-1")
          .put("server.address", "api.openai.com")
          .put("server.port", 443)
          .build();
  private static final Attributes ANSWER =
      REQUEST.toBuilder().put("gen_ai.response.model", "embed-1-small").build();
  private static final Attributes MODEL = Attributes.builder().put("model", "embed-1").build();

  private final ManualClock clock = new ManualClock();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void theSpanNamesTheOperationAndTheLengthOfTheVectors() {
    start(256, Map.of("encoding_format", "float")).completed(response());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getName()).isEqualTo("embeddings embed-1");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            described()
                .put(stringArrayKey("gen_ai.request.encoding_formats"), List.of("float"))
                .put("llm.outcome", "completed")
                .put("gen_ai.embeddings.dimension.count", 3)
                .put("gen_ai.response.model", "embed-1-small")
                .put("gen_ai.usage.input_tokens", 16)
                .build()
                .asMap());
  }

  @Test
  void theLengthThatWasAskedForIsKnownOfCallsThatFail() {
    start(256, Map.of()).failed(Calls.rateLimit());

    assertThat(telemetry.onlySpan().getAttributes().asMap())
        .isEqualTo(
            described()
                .put("gen_ai.embeddings.dimension.count", 256)
                .put("llm.outcome", "failed")
                .put("error.type", "429")
                .put("llm.error.code", "tokens_exhausted")
                .build()
                .asMap());
    assertThat(telemetry.points("llm.request.errors"))
        .containsExactly(new Point(REQUEST.toBuilder().put("error.type", "429").build(), 1, 1));
    assertThat(body(telemetry.onlyLog())).isEqualTo("Embeddings failed");
  }

  @Test
  void theMetricsAreThoseThatMeanSomething() {
    CallObservation observation = start(null, Map.of());
    clock.advance(Duration.ofSeconds(2));
    observation.completed(response());

    assertThat(telemetry.metrics().keySet())
        .containsExactlyInAnyOrder(
            "gen_ai.client.operation.duration",
            "gen_ai.client.token.usage",
            "llm.request.count",
            "llm.request.active");
    assertThat(telemetry.points("gen_ai.client.token.usage"))
        .containsExactly(
            new Point(ANSWER.toBuilder().put("gen_ai.token.type", "input").build(), 16, 1));
    assertThat(telemetry.points("gen_ai.client.operation.duration"))
        .containsExactly(
            new Point(ANSWER.toBuilder().put("llm.outcome", "completed").build(), 2, 1));
    assertThat(telemetry.points("llm.request.count"))
        .containsExactly(new Point(MODEL.toBuilder().put("stream", false).build(), 1, 1));
    assertThat(telemetry.points("llm.request.active")).containsExactly(new Point(MODEL, 0, 1));
  }

  @Test
  void theLogRecordSaysWhatIsDone() {
    start(null, Map.of()).completed(response());

    assertThat(body(telemetry.onlyLog())).isEqualTo("Embeddings done");
    assertThat(telemetry.onlyLog().getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("model", "embed-1")
                .put("duration_s", 0.0)
                .put("prompt_tokens", 16)
                .put("llm.outcome", "completed")
                .put("camel.exchange.id", "exchange-1")
                .build());
  }

  @Test
  void aCallThatIsStoppedHasNoVectors() {
    start(null, Map.of()).cancelled(Cancellation.STOPPED, ChatResponse.builder().build());

    assertThat(telemetry.onlySpan().getAttributes().asMap())
        .isEqualTo(
            described()
                .put("llm.outcome", "cancelled")
                .put("error.type", "java.util.concurrent.CancellationException")
                .build()
                .asMap());
  }

  private static AttributesBuilder described() {
    return REQUEST.toBuilder()
        .put("llm.is_streaming", false)
        .put("camel.exchange.id", "exchange-1");
  }

  private static EmbeddingsResponse response() {
    return new EmbeddingsResponse(
        "embed-1-small",
        List.of(new float[3], new float[3]),
        new Usage(16L, null, null, null, null, null));
  }

  private static String body(LogRecordData record) {
    return Objects.requireNonNull(record.getBodyValue()).asString();
  }

  private CallObservation start(@Nullable Integer dimensions, Map<String, Object> extras) {
    Call call =
        new Call(
            Providers.find("openai").orElseThrow(),
            new EmbeddingsRequest("embed-1", List.of("a", "b"), dimensions, null, extras),
            Delivery.WHOLE,
            "api.openai.com",
            443);
    return new CallTelemetry(telemetry.openTelemetry(), "1", TelemetrySettings.defaults(), clock)
        .observer(Caller.at(Calls.below(Context.root())).exchangeId("exchange-1").build())
        .start(call);
  }
}
