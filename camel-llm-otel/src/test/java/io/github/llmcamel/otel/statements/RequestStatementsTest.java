/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.otel.genai.Profile;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the span of a call says of what was asked. */
class RequestStatementsTest {

  private static final String GPT = "openai?model=gpt-4o";

  private final LlmRoutes routes = new LlmRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("1. A successful chat leaves exactly one span, of kind CLIENT and without a status")
  void aSuccessfulChatLeavesOneClientSpanWithoutStatusOrErrorType(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    SpanData span = routes.telemetry().onlySpan();
    assertThat(span.getName()).isEqualTo("chat gpt-4o");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus()).isEqualTo(StatusData.unset());
    assertThat(span.getAttributes().get(stringKey("error.type"))).isNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("2. Without a model there is no call: Camel's component refuses it")
  void withoutAModelThereIsNoCallAndNoSpan(Profile profile) {
    routes.in(profile);

    assertThat(routes.ask("openai?temperature=1", question -> {}).join().getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("No model is named");

    assertThat(routes.telemetry().spans()).isEmpty();
    assertThat(routes.telemetry().metrics()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("4. Each sampling parameter that is set arrives with the type of the conventions")
  void eachSamplingParameterThatIsSetArrivesWithItsType(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT
                + "&maxTokens=100&temperature=0.5&topP=0.9&stop=END&frequencyPenalty=0.1"
                + "&presencePenalty=0.2&seed=42",
            Answer.OPENAI);

    assertThat(sampling())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.request.max_tokens", 100)
                .put("gen_ai.request.temperature", 0.5)
                .put("gen_ai.request.top_p", 0.9)
                .put(stringArrayKey("gen_ai.request.stop_sequences"), List.of("END"))
                .put("gen_ai.request.frequency_penalty", 0.1)
                .put("gen_ai.request.presence_penalty", 0.2)
                .put("gen_ai.request.seed", 42)
                .build());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("4. No sampling parameter is made up: where none is set, none arrives")
  void noSamplingParameterIsMadeUp(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    assertThat(sampling()).isEqualTo(Attributes.empty());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("5. topK is a whole number")
  void topKIsAWholeNumber(Profile profile) {
    routes.in(profile).ask("vllm?model=m&topK=10", Answer.OPENAI);

    assertThat(attribute(longKey("gen_ai.request.top_k"))).isEqualTo(10L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&choiceCount=1"})
  @DisplayName("6. One choice is not counted")
  void oneChoiceIsNotCounted(String option) {
    routes.in(Profile.STRICT).ask(GPT + option, Answer.OPENAI);

    assertThat(attribute(longKey("gen_ai.request.choice.count"))).isNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("6. Two choices are counted, and have their finish reasons in their order")
  void twoChoicesAreCountedAndHaveTheirFinishReasonsInOrder(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT + "&choiceCount=2",
            Answer.json(
                """
                {"id":"c","model":"gpt-4o","choices":[
                  {"index":1,"message":{"content":"b"},"finish_reason":"length"},
                  {"index":0,"message":{"content":"a"},"finish_reason":"stop"}]}"""));

    assertThat(attribute(longKey("gen_ai.request.choice.count"))).isEqualTo(2L);
    assertThat(attribute(stringArrayKey("gen_ai.response.finish_reasons")))
        .containsExactly("stop", "length");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("7. A call that does not stream says nothing of streams")
  void aCallThatDoesNotStreamSaysNothingOfStreams(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    assertThat(attribute(booleanKey("gen_ai.request.stream"))).isNull();
    assertThat(attribute(doubleKey("gen_ai.response.time_to_first_chunk"))).isNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("7. A streamed call says so, and how many seconds its first chunk took")
  void aStreamedCallSaysSoAndWhenItsFirstChunkCame(Profile profile) {
    routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    SpanData span = routes.telemetry().onlySpan();
    double seconds =
        (double) (span.getEndEpochNanos() - span.getStartEpochNanos())
            / TimeUnit.SECONDS.toNanos(1);
    assertThat(attribute(booleanKey("gen_ai.request.stream"))).isTrue();
    assertThat(attribute(doubleKey("gen_ai.response.time_to_first_chunk")))
        .isPositive()
        .isLessThanOrEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "json_schema&jsonSchema=RAW({\"type\":\"object\"})"})
  @DisplayName("8. JSON of any form or of one schema: the type of the output is json")
  void anAnswerThatIsToBeJsonHasTheOutputTypeJson(String format) {
    routes.in(Profile.STRICT).ask(GPT + "&responseFormat=" + format, Answer.OPENAI);

    assertThat(attribute(stringKey("gen_ai.output.type"))).isEqualTo("json");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("25. Embeddings say what was asked of them, and nothing of output")
  void embeddingsSayWhatWasAskedAndNothingOfOutput(Profile profile) {
    String vector = Stream.generate(() -> "0").limit(256).collect(Collectors.joining(","));
    routes
        .in(profile)
        .ask(
            "openai?model=text-embedding-3-small&operation=embeddings&dimensions=256"
                + "&extra.encoding_format=float",
            Answer.json(
                """
                {"object":"list","model":"text-embedding-3-small","data":[
                  {"object":"embedding","index":0,"embedding":[%1$s]},
                  {"object":"embedding","index":1,"embedding":[%1$s]}],
                  "usage":{"prompt_tokens":16,"total_tokens":16}}"""
                    .formatted(vector)),
            question -> question.setBody(List.of("Hello", "World")));

    SpanData span = routes.telemetry().onlySpan();
    assertThat(span.getName()).isEqualTo("embeddings text-embedding-3-small");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(attribute(stringArrayKey("gen_ai.request.encoding_formats")))
        .containsExactly("float");
    assertThat(attribute(longKey("gen_ai.embeddings.dimension.count"))).isEqualTo(256);
    assertThat(attribute(longKey("gen_ai.usage.input_tokens"))).isEqualTo(16);
    assertThat(attribute(stringKey("gen_ai.response.model"))).isEqualTo("text-embedding-3-small");
    assertThat(attribute(longKey("gen_ai.usage.output_tokens"))).isNull();
    assertThat(routes.telemetry().points("gen_ai.client.token.usage"))
        .extracting(point -> point.attributes().get(stringKey("gen_ai.token.type")))
        .containsExactly("input");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("30. The id of a conversation is the one that the header names")
  void theIdOfAConversationIsTheOneThatTheHeaderNames(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT,
            Answer.OPENAI,
            question -> question.setHeader(LlmConstants.CONVERSATION_ID, "conversation-7"));

    assertThat(attribute(stringKey("gen_ai.conversation.id"))).isEqualTo("conversation-7");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("30. The id of a conversation is never made up")
  void theIdOfAConversationIsNeverMadeUp(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    assertThat(attribute(stringKey("gen_ai.conversation.id"))).isNull();
  }

  private <T> T attribute(AttributeKey<T> key) {
    return routes.telemetry().onlySpan().getAttributes().get(key);
  }

  /** All that the span says of the request but its model. */
  private Attributes sampling() {
    Attributes all = routes.telemetry().onlySpan().getAttributes();
    return all.toBuilder()
        .removeIf(key -> !requireNonNull(key).getKey().startsWith("gen_ai.request."))
        .removeIf(key -> key.getKey().equals("gen_ai.request.model"))
        .build();
  }
}
