/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.api.common.AttributeKey.valueKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.genai.content.ContentHook;
import io.github.llmcamel.otel.genai.content.ContentMode;
import io.github.llmcamel.otel.genai.content.ContentRedactor;
import io.github.llmcamel.otel.genai.content.ContentRole;
import io.github.llmcamel.otel.genai.content.ContentSchemas;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallContentsTest {

  private static final String DETAILS = "gen_ai.client.inference.operation.details";
  private static final Set<String> CONTENTS =
      Set.of(
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.system_instructions",
          "gen_ai.tool.definitions");

  private final ManualClock clock = new ManualClock();
  private InMemoryTelemetry telemetry = new InMemoryTelemetry();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CONTENT, false, false",
    "SPAN_ONLY, true, false",
    "EVENT_ONLY, false, true",
    "SPAN_AND_EVENT, true, true"
  })
  @DisplayName("47. Contents are on the span, on an event, or on both, as the mode says")
  void goWhereTheModeSays(ContentMode mode, boolean onSpan, boolean onEvent) {
    settle(mode, "anthropic");

    assertThat(contents(telemetry.onlySpan().getAttributes())).hasSize(onSpan ? 4 : 0);
    assertThat(telemetry.onlySpan().getAttributes().get(stringKey("gen_ai.prompt.0.content")))
        .isEqualTo(onSpan ? "Weather?" : null);
    assertThat(telemetry.onlySpan().getEvents()).hasSize(onSpan ? 2 : 0);
    assertThat(telemetry.logs()).hasSize(onEvent ? 2 : 1);
    if (onEvent) {
      assertThat(contents(telemetry.logs().get(0).getAttributes())).hasSize(4);
    }
    assertThat(contents(telemetry.logs().get(telemetry.logs().size() - 1).getAttributes()))
        .isEmpty();
  }

  @Test
  @DisplayName("47, 50. On spans contents are JSON that the schemas of the conventions accept")
  void areJsonTextInTheFormOfTheConventionsOnSpans() {
    settle(ContentMode.SPAN_ONLY, "anthropic");

    Attributes span = telemetry.onlySpan().getAttributes();
    CONTENTS.forEach(name -> ContentSchemas.assertValid(name, span.get(stringKey(name))));
    JsonNode output = json(span, "gen_ai.output.messages");
    assertThat(output.at("/0/parts/0/type").textValue()).isEqualTo("tool_call");
    assertThat(output.at("/0/parts/0/arguments/city").textValue()).isEqualTo("Paris");
    assertThat(output.at("/0/finish_reason").textValue()).isEqualTo("tool_call");
  }

  @Test
  @DisplayName("48. What a tool answered has the id of its call")
  void answerAToolCallWithItsId() {
    ChatRequest next =
        request()
            .message(new Message.ToolResult("c1", "weather", List.of(new Part.Text("It rains."))))
            .build();
    CallTelemetry calls = calls(settings(ContentMode.SPAN_ONLY, List.of(), List.of()));
    start(calls, "openai", next).completed(answer());

    JsonNode input = json(telemetry.onlySpan().getAttributes(), "gen_ai.input.messages");
    JsonNode result = input.at("/2/parts/0");
    assertThat(result.get("type").textValue()).isEqualTo("tool_call_response");
    assertThat(result.get("id").textValue()).isEqualTo("c1");
    assertThat(result.get("response").textValue()).isEqualTo("It rains.");
  }

  @ParameterizedTest
  @CsvSource({"openai, false", "ollama, false", "anthropic, true", "gemini, true"})
  @DisplayName("51. System messages are instructions where the provider takes them apart")
  void haveInstructionsWhereTheProviderTakesThem(String provider, boolean apart) {
    settle(ContentMode.SPAN_ONLY, provider);

    Attributes span = telemetry.onlySpan().getAttributes();
    assertThat(span.get(stringKey("gen_ai.system_instructions")) != null).isEqualTo(apart);
    assertThat(json(span, "gen_ai.input.messages").at("/0/role").textValue())
        .isEqualTo(apart ? "user" : "system");
  }

  @Test
  @DisplayName("53. The details event has a name, the attributes of the span and its ids")
  void areStructuredOnTheDetailsEventThatHasTheAttributesOfTheSpan() {
    settle(ContentMode.EVENT_ONLY, "anthropic");

    SpanData span = telemetry.onlySpan();
    LogRecordData event = telemetry.logs().get(0);
    assertThat(event.getEventName()).isEqualTo(DETAILS);
    assertThat(event.getSeverity()).isEqualTo(Severity.DEBUG);
    assertThat(event.getBodyValue()).isNull();
    assertThat(event.getSpanContext()).isEqualTo(span.getSpanContext());
    assertThat(event.getTimestampEpochNanos()).isEqualTo(span.getEndEpochNanos());
    assertThat(event.getAttributes().asMap()).containsAllEntriesOf(span.getAttributes().asMap());
    assertThat(event.getAttributes().get(valueKey("gen_ai.system_instructions")))
        .isEqualTo(
            Value.of(
                Value.of(
                    KeyValue.of("type", Value.of("text")),
                    KeyValue.of("content", Value.of("Be short.")))));
    assertThat(event.getAttributes().size()).isEqualTo(span.getAttributes().size() + 4);
  }

  @Test
  void areOnTheEventOfACallThatFailedToo() {
    CallTelemetry calls = calls(settings(ContentMode.EVENT_ONLY, List.of(), List.of()));
    start(calls, "openai", request().build()).failed(Calls.rateLimit());

    LogRecordData event = telemetry.logs().get(0);
    assertThat(event.getEventName()).isEqualTo(DETAILS);
    assertThat(event.getAttributes().get(stringKey("error.type"))).isEqualTo("429");
    assertThat(event.getAttributes().get(valueKey("gen_ai.input.messages"))).isNotNull();
    assertThat(event.getAttributes().get(valueKey("gen_ai.output.messages"))).isNull();
    assertThat(telemetry.logs()).hasSize(2);
  }

  @Test
  void areWhatHadComeOfACallThatWasCancelled() {
    CallTelemetry calls = calls(settings(ContentMode.SPAN_ONLY, List.of(), List.of()));
    ChatResponse partial =
        new ChatResponse(
            null, null, List.of(Calls.choice(0, null)), Usage.UNKNOWN, ServerTiming.UNKNOWN);
    start(calls, "openai", request().build()).cancelled(Cancellation.CLOSED_BY_CONSUMER, partial);

    JsonNode output = json(telemetry.onlySpan().getAttributes(), "gen_ai.output.messages");
    assertThat(output.at("/0/finish_reason").textValue()).isEqualTo("error");
    assertThat(output.at("/0/parts/0/content").textValue()).isEqualTo("Canary.");
  }

  @Test
  void areOnTheEventOfASpanThatIsNotSampledWithAllElse() {
    telemetry.close();
    telemetry = new InMemoryTelemetry(Sampler.alwaysOff());
    settle(ContentMode.SPAN_AND_EVENT, "anthropic");

    assertThat(telemetry.spans()).isEmpty();
    Attributes event = telemetry.logs().get(0).getAttributes();
    assertThat(contents(event)).hasSize(4);
    assertThat(event.get(stringKey("gen_ai.response.model"))).isEqualTo("m-1");
  }

  @Test
  void areUnknownOfEmbeddings() {
    CallTelemetry calls = calls(settings(ContentMode.SPAN_AND_EVENT, List.of(), List.of()));
    start(calls, "openai", new EmbeddingsRequest("m", List.of("canary"), null, null, Map.of()))
        .completed(new EmbeddingsResponse("m", List.of(new float[1]), Usage.UNKNOWN));

    assertThat(contents(telemetry.onlySpan().getAttributes())).isEmpty();
    assertThat(telemetry.logs()).hasSize(1);
  }

  @Test
  void areInTheSeedsWordsToo() {
    CallTelemetry calls = calls(settings(ContentMode.SPAN_ONLY, List.of(), List.of()));
    String text = "🐫".repeat(501);
    start(calls, "openai", ChatRequest.of(text)).completed(Calls.response());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getAttributes().asMap())
        .containsEntry(stringKey("gen_ai.prompt.0.role"), "user")
        .containsEntry(stringKey("gen_ai.prompt.0.content"), text)
        .containsEntry(stringKey("gen_ai.completion.0.role"), "assistant")
        .containsEntry(stringKey("gen_ai.completion.0.content"), "Canary.")
        .containsEntry(stringKey("gen_ai.completion.0.finish_reason"), "stop");
    assertThat(span.getEvents())
        .extracting(EventData::getName)
        .containsExactly("gen_ai.user.message", "gen_ai.assistant.message");
    assertThat(span.getEvents().get(0).getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.prompt.role", "user")
                .put("gen_ai.prompt.content", "🐫".repeat(500) + "...")
                .build());
    assertThat(span.getEvents().get(1).getAttributes())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.completion.role", "assistant")
                .put("gen_ai.completion.content", "Canary.")
                .put("gen_ai.completion.finish_reason", "stop")
                .build());
  }

  @Test
  void areInTheWordsOfTheConventionsAloneInTheStrictProfile() {
    CallTelemetry calls =
        calls(settings(ContentMode.SPAN_AND_EVENT, List.of(), List.of()).profile(Profile.STRICT));
    start(calls, "anthropic", request().build()).completed(answer());

    SpanData span = telemetry.onlySpan();
    assertThat(span.getEvents()).isEmpty();
    assertThat(contents(span.getAttributes())).hasSize(4);
    Set<String> declared =
        Declared.INFERENCE_SPAN.keys().stream()
            .map(AttributeKey::getKey)
            .collect(Collectors.toSet());
    assertThat(names(span.getAttributes())).isSubsetOf(declared);
    assertThat(telemetry.onlyLog().getEventName()).isEqualTo(DETAILS);
    assertThat(names(telemetry.onlyLog().getAttributes())).isSubsetOf(declared);
  }

  @Test
  void comeWithAFingerprintThatCanAlsoBeHadAlone() {
    settle(ContentMode.SPAN_ONLY, "openai");
    start(calls(TelemetrySettings.builder().fingerprint(true)), "openai", request().build())
        .completed(answer());
    settle(ContentMode.NO_CONTENT, "openai");

    assertThat(telemetry.spans())
        .map(span -> span.getAttributes().get(stringKey("conversation.fingerprint")))
        .containsExactly("d8134cac5c5a", "d8134cac5c5a", null);
  }

  @Test
  void areRedactedAndErrorsToo() {
    ContentRedactor redactor = (kind, text) -> text.replace("Paris", "*").replace("Slow", "*");
    CallTelemetry calls = calls(settings(ContentMode.SPAN_AND_EVENT, List.of(redactor), List.of()));
    start(calls, "openai", request().build()).completed(answer());
    start(calls, "openai", request().build()).failed(Calls.rateLimit());
    calls.drain();

    assertThat(telemetry.spans()).hasSize(2);
    assertThat(telemetry.spans().get(1).getStatus().getDescription()).isEqualTo("* down");
    assertThat(telemetry.spans().toString()).doesNotContain("Paris", "Slow");
    assertThat(telemetry.logs()).hasSize(4);
    assertThat(telemetry.logs().toString()).doesNotContain("Paris", "Slow");
  }

  @Test
  void delayNobodyWhileSomebodyLooksAtThem() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ContentHook slow =
        (content, span) -> {
          seen.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return content;
        };
    CallTelemetry calls = calls(settings(ContentMode.SPAN_ONLY, List.of(), List.of(slow)));
    CallObservation call = start(calls, "openai", request().build());
    clock.advance(Duration.ofSeconds(2));

    call.completed(answer());

    assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(telemetry.durationPoint().getSum()).isEqualTo(2.0);
    clock.advance(Duration.ofSeconds(5));
    release.countDown();
    calls.drain();
    SpanData span = telemetry.onlySpan();
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(2_000_000_000L);
    assertThat(telemetry.onlyLog().getSpanContext()).isEqualTo(span.getSpanContext());
  }

  private void settle(ContentMode mode, String provider) {
    start(calls(settings(mode, List.of(), List.of())), provider, request().build())
        .completed(answer());
  }

  private CallObservation start(CallTelemetry calls, String provider, ModelRequest request) {
    return calls
        .observer(Calls.callerIn(Context.root()))
        .start(
            new Call(Providers.find(provider).orElseThrow(), request, Delivery.WHOLE, "host", 443));
  }

  private CallTelemetry calls(TelemetrySettings.Builder settings) {
    return new CallTelemetry(telemetry.openTelemetry(), "1", settings.build(), clock);
  }

  private static TelemetrySettings.Builder settings(
      ContentMode mode, List<ContentRedactor> redactors, List<ContentHook> hooks) {
    return TelemetrySettings.builder()
        .content(
            new ContentSettings(
                mode,
                Set.of(ContentRole.values()),
                ContentSettings.Tools.WHOLE,
                ContentSettings.DEFAULT_BUDGET,
                redactors,
                hooks));
  }

  private static ChatRequest.Builder request() {
    return ChatRequest.builder()
        .model("m")
        .message(Message.system("Be short."))
        .message(Message.user("Weather?"))
        .tools(
            ToolUse.of(
                new Tool.Function("weather", "Tells the weather.", Map.of("type", "object"))));
  }

  private static ChatResponse answer() {
    return new ChatResponse(
        "r1",
        "m-1",
        List.of(
            new ChatResponse.Choice(
                0,
                "",
                null,
                null,
                List.of(new ToolCall("c1", "weather", "{\"city\":\"Paris\"}")),
                FinishReason.TOOL_CALLS)),
        Usage.UNKNOWN,
        ServerTiming.UNKNOWN);
  }

  private static JsonNode json(Attributes attributes, String name) {
    return ContentSchemas.assertValid(name, attributes.get(stringKey(name)));
  }

  private static List<@Nullable Object> contents(Attributes attributes) {
    return attributes.asMap().entrySet().stream()
        .filter(attribute -> CONTENTS.contains(attribute.getKey().getKey()))
        .<@Nullable Object>map(Map.Entry::getValue)
        .toList();
  }

  private static Set<String> names(Attributes attributes) {
    return attributes.asMap().keySet().stream()
        .map(AttributeKey::getKey)
        .map(Objects::requireNonNull)
        .collect(Collectors.toSet());
  }
}
