/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.component.LlmConstants;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  private static final String OF_EVERY_KIND =
      "llm:simulator?model=m&baseUrl=simulator://simulator/v1&apiKey=RAW(a&b)&idleTimeout=5s"
          + "&systemMessage=Be brief.&userMessage=Hello.&temperature=0&topP=0.5&topK=4&maxTokens=9"
          + "&stop=x&seed=7&frequencyPenalty=1&presencePenalty=1&choiceCount=1&reasoningEffort=low"
          + "&responseFormat=json&extractReasoning=true&reasoningOpened=true&rawResponse=true"
          + "&maxMediaBytes=9&dimensions=3&user=u&extra.a.b=1&httpHeader.X-Team=t"
          + "&lenientParameters=true&toolChoice=auto"
          + "&tools=RAW([{\"type\":\"function\",\"function\":{\"name\":\"f\"}}])";

  @Test
  void theModelIsToldApartFromTheOptions() {
    Target target = target("llm:groq?model=openai/gpt-oss&temperature=0&extra.a=1");

    assertThat(target.model()).isEqualTo("openai/gpt-oss");
    assertThat(target.chat()).doesNotContain("model=").contains("&temperature=0&extra.a=1");
  }

  @Test
  void withoutAModelTheClientsNameIsAskedFor() {
    assertThat(target("llm:ollama").model()).isNull();
    assertThat(target("llm://ollama").chat()).startsWith("llm:ollama?");
  }

  @ParameterizedTest
  @CsvSource({
    "llm:x?model=RAW(a&b)&seed=1, a&b",
    "llm:x?seed=1&model=RAW(a%2Fb+c), a%2Fb+c",
    "llm:x?model=a%2Fb, a/b",
    "llm:x?&model=gemma3:4b&, gemma3:4b",
    "llm:x?model=command-r+, command-r+"
  })
  void aModelIsReadAsCamelReadsOptionsButKeepsItsPlus(String uri, String model) {
    assertThat(target(uri).model()).isEqualTo(model);
  }

  @Test
  void aPercentSignThatEncodesNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target("llm:x?model=a%"))
        .withMessageContaining("Write its value as RAW(value).");
  }

  @Test
  void placeholdersAreReplacedInTheModelOnly() {
    Target target = target("llm:groq?model={{env:NO_SUCH:m}}&apiKey={{env:NO_SUCH_KEY}}");

    assertThat(target.model()).isEqualTo("m");
    assertThat(target.chat()).contains("apiKey={{env:NO_SUCH_KEY}}");
  }

  @Test
  void theUrisSayWhatTheyAreFor() {
    Target target = target("llm:ollama");

    assertThat(target.chat())
        .isEqualTo(
            "llm:ollama?bodyFormat=openai&outputFormat=openai&stream=false"
                + "&forwardHeaders=Idempotency-Key");
    assertThat(target.liveChat())
        .isEqualTo(
            "llm:ollama?bodyFormat=openai&outputFormat=openai&streamMode=live"
                + "&forwardHeaders=Idempotency-Key");
    assertThat(target.embeddings())
        .isEqualTo(
            "llm:ollama?operation=embeddings&outputFormat=response&forwardHeaders=Idempotency-Key");
    assertThat(target.models())
        .isEqualTo("llm:ollama?operation=models&forwardHeaders=Idempotency-Key");
  }

  @Test
  void headersThatAreForwardedAnywayStay() {
    assertThat(target("llm:ollama?forwardHeaders=X-Team, idempotency-key").chat())
        .endsWith("&forwardHeaders=Idempotency-Key,X-Team");
  }

  static Stream<String> urisOfEveryKind() {
    Target target = target(OF_EVERY_KIND);
    return Stream.of(target.chat(), target.liveChat(), target.embeddings(), target.models());
  }

  @ParameterizedTest
  @MethodSource("urisOfEveryKind")
  void theComponentTakesEveryUri(String uri) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      assertThat(context.getEndpoint(uri)).isNotNull();
    }
  }

  @Test
  void theSimulatorAnswersForAnyModel() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      String answer =
          context
              .createProducerTemplate()
              .requestBodyAndHeaders(
                  target("llm:simulator").chat(),
                  "{\"model\":\"?\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}]}",
                  Map.of(LlmConstants.MODEL, "my/own-model:7b"),
                  String.class);
      assertThat(answer).contains("chat.completion", "my/own-model:7b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bodyFormat", "operation", "outputClass", "outputFormat", "stream", "streamMode"})
  void whatTheGatewaySetsItselfIsRefused(String option) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target("llm:groq?apiKey=secret&" + option + "=value"))
        .withMessage(
            "llm:groq has the option %s, which the gateway sets itself. Remove it.", option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ollama", "http://x", "llm:", "llm:?model=m", "llm:a b", "llm:{{x}}"})
  void onlyLlmUrisAreTargets(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target(uri))
        .withMessageStartingWith("A target is llm: and the name of a provider");
  }

  @Test
  void aModelWithoutANameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> target("llm:groq?model="))
        .withMessageStartingWith("llm:groq has the option model without a value. Name a model");
  }

  @Test
  void itsTextShowsNoOptions() {
    assertThat(target("llm:groq?apiKey=secret&model=m")).hasToString("llm:groq, model m");
    assertThat(target("llm:groq?apiKey=secret")).hasToString("llm:groq");
  }

  @Test
  void aChainHasCommasBeforeItsTargets() {
    assertThat(
            new TargetReader(Placeholders::replace)
                .chain(" llm:groq?model=a&stop=x,y , llm:ollama?model=b,llm:vllm "))
        .extracting(Target::toString)
        .containsExactly("llm:groq, model a", "llm:ollama, model b", "llm:vllm");
  }

  private static Target target(String uri) {
    return new TargetReader(Placeholders::replace).chain(uri).get(0);
  }
}
