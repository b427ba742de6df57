/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the span of a call says of the answer, in whichever words a provider gives it. */
class AnswerStatementsTest {

  private static final String GPT = "openai?model=gpt-4o";

  private final LlmRoutes routes = new LlmRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("9. The answering model is the one that the answer names, on span and metrics")
  void theAnsweringModelIsTheOneThatTheAnswerNames(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    AttributeKey<String> key = stringKey("gen_ai.response.model");
    assertThat(attribute(key)).isEqualTo("gpt-4o-2024-08-06");
    for (String metric :
        new String[] {"gen_ai.client.operation.duration", "gen_ai.client.token.usage"}) {
      assertThat(routes.telemetry().points(metric))
          .isNotEmpty()
          .extracting(point -> point.attributes().get(key))
          .containsOnly("gpt-4o-2024-08-06");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("10. Finish reasons are an array of strings, never JSON in a string")
  void finishReasonsAreAnArrayOfStrings(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT,
            Answer.json(
                """
                {"choices":[{"index":0,"message":{"content":"Canary."},
                 "finish_reason":"length"}]}"""));

    assertThat(attribute(stringArrayKey("gen_ai.response.finish_reasons")))
        .containsExactly("length");
    assertThat(attribute(stringKey("gen_ai.response.finish_reasons"))).isNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("11. An answer without an id, as Ollama's, is given none")
  void anAnswerWithoutAnIdIsGivenNone(Profile profile) {
    routes.in(profile).ask("ollama?model=smollm2", Answer.OLLAMA);

    assertThat(attribute(stringKey("gen_ai.response.id"))).isNull();
    assertThat(usage())
        .containsOnly(
            entry("gen_ai.usage.input_tokens", 24L), entry("gen_ai.usage.output_tokens", 8L));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "12. OpenAI counts cached and reasoning tokens in its totals, which stay as they are")
  void detailsOfOpenAiAreWithinItsTotals(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT,
            Answer.json(
                """
                {"choices":[{"index":0,"message":{"content":"Canary."},"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":25,"completion_tokens":12,
                 "prompt_tokens_details":{"cached_tokens":5},
                 "completion_tokens_details":{"reasoning_tokens":3}}}"""));

    assertThat(usage())
        .containsOnly(
            entry("gen_ai.usage.input_tokens", 25L),
            entry("gen_ai.usage.output_tokens", 12L),
            entry("gen_ai.usage.cache_read.input_tokens", 5L),
            entry("gen_ai.usage.reasoning.output_tokens", 3L));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("13. Anthropic counts cached tokens beside its input, which becomes their sum")
  void cachedTokensOfAnthropicBelongToTheInput(Profile profile) {
    routes.in(profile).ask("anthropic?model=claude-sonnet-4-20250514", Answer.ANTHROPIC);

    assertThat(usage())
        .containsOnly(
            entry("gen_ai.usage.input_tokens", 33L),
            entry("gen_ai.usage.output_tokens", 12L),
            entry("gen_ai.usage.cache_read.input_tokens", 3L),
            entry("gen_ai.usage.cache_creation.input_tokens", 5L));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("13. Gemini counts thoughts beside its output, which becomes their sum")
  void thoughtsOfGeminiBelongToTheOutput(Profile profile) {
    routes.in(profile).ask("gemini?model=gemini-2.0-flash", Answer.GEMINI);

    assertThat(usage())
        .containsOnly(
            entry("gen_ai.usage.input_tokens", 25L),
            entry("gen_ai.usage.output_tokens", 15L),
            entry("gen_ai.usage.cache_read.input_tokens", 10L),
            entry("gen_ai.usage.reasoning.output_tokens", 3L));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("14. Usage that comes in a last chunk without choices arrives on span and metrics")
  void usageInAChunkOfItsOwnArrives(Profile profile) {
    routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    assertUsageOfTheStream();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("15. Usage that comes in the chunk that finishes arrives on span and metrics")
  void usageInTheFinishingChunkArrives(Profile profile) {
    String usage = ",\"usage\":{\"prompt_tokens\":25,\"completion_tokens\":6}";
    routes
        .in(profile)
        .ask(
            GPT + "&stream=true",
            Answer.events(
                Stream.concat(
                    Answer.sixPieces(),
                    Stream.of(Answer.choice("{}", "\"stop\"", usage), "[DONE]"))));

    assertUsageOfTheStream();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("16. A first chunk without choices, as Azure sends it, breaks nothing")
  void aFirstChunkWithoutChoicesBreaksNothing(Profile profile) {
    String filters =
        """
        {"choices":[],"created":0,"id":"","model":"","object":"",\
        "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}""";
    routes
        .in(profile)
        .ask(
            "azure_openai?model=gpt-4o&stream=true",
            Answer.events(
                Stream.concat(
                    Stream.of(filters),
                    Stream.of(
                        Answer.choice("{\"content\":\"Canary.\"}", "null"),
                        Answer.choice("{}", "\"stop\""),
                        "[DONE]"))));

    assertThat(routes.telemetry().onlySpan().getStatus()).isEqualTo(StatusData.unset());
    assertThat(attribute(stringKey("gen_ai.response.id"))).isEqualTo("chatcmpl-mock-stream-001");
    assertThat(attribute(stringKey("gen_ai.response.model"))).isEqualTo("gpt-4o-2024-08-06");
    assertThat(attribute(stringArrayKey("gen_ai.response.finish_reasons"))).containsExactly("stop");
  }

  private void assertUsageOfTheStream() {
    assertThat(attribute(longKey("gen_ai.usage.input_tokens"))).isEqualTo(25);
    assertThat(attribute(longKey("gen_ai.usage.output_tokens"))).isEqualTo(6);
    assertThat(routes.telemetry().points("gen_ai.client.token.usage"))
        .extracting(Point::value)
        .containsExactlyInAnyOrder(25d, 6d);
  }

  private <T> T attribute(AttributeKey<T> key) {
    return routes.telemetry().onlySpan().getAttributes().get(key);
  }

  private Map<String, Object> usage() {
    Attributes all = routes.telemetry().onlySpan().getAttributes();
    return all.asMap().entrySet().stream()
        .filter(attribute -> attribute.getKey().getKey().startsWith("gen_ai.usage."))
        .collect(Collectors.toMap(attribute -> attribute.getKey().getKey(), Map.Entry::getValue));
  }
}
