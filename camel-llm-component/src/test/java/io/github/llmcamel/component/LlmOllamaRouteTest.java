/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code llm:ollama} in routes, over real HTTP. */
class LlmOllamaRouteTest extends CamelTestSupport {

  private static final String PATH = "/api/chat";

  private static final String ANSWER =
      """
      {"model":"gemma3","message":{"role":"assistant","content":"Hello."},"done":true,
       "done_reason":"stop","prompt_eval_count":9,"eval_count":3,"eval_duration":4000000}
      """;

  private static final String STREAM =
      """
      {"model":"gemma3","message":{"role":"assistant","content":"","thinking":"Hm."},"done":false}
      {"model":"gemma3","message":{"role":"assistant","content":"Hel"},"done":false}
      {"model":"gemma3","message":{"role":"assistant","content":"lo."},"done":false}
      {"model":"gemma3","message":{"role":"assistant","content":""},"done":true,\
      "done_reason":"stop","prompt_eval_count":9,"eval_count":3}
      """;

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:ollama?model=gemma3&baseUrl=" + server.baseUrl();
        from("direct:text").to(llm);
        from("direct:aggregate").to(llm + "&streamMode=aggregate");
        from("direct:options")
            .to(
                llm
                    + "&maxTokens=50&stop=END&reasoningEffort=none"
                    + "&extra.num_ctx=8192&extra.keep_alive=5m");
        from("direct:two").to(llm + "&choiceCount=2");
      }
    };
  }

  @BeforeEach
  void answerEverything() {
    server.stubFor(post(PATH).willReturn(okJson(ANSWER)));
    server.stubFor(
        post(PATH)
            .withRequestBody(matchingJsonPath("$[?(@.stream == true)]"))
            .willReturn(
                aResponse().withHeader("Content-Type", "application/x-ndjson").withBody(STREAM)));
  }

  @Test
  void theAnswerBecomesBodyAndHeaders() {
    Exchange result = request("direct:text", "Hi.");

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmProvider", "ollama")
        .containsEntry("CamelLlmResponseModel", "gemma3")
        .containsEntry("CamelLlmFinishReason", "stop")
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmOutputTokens", 3L)
        .doesNotContainKeys("CamelLlmResponseId", "CamelLlmTimeToFirstToken");
    server.verify(
        1,
        postRequestedFor(urlEqualTo(PATH))
            .withHeader("Accept", equalTo("application/json"))
            .withoutHeader("Authorization")
            .withRequestBody(
                equalToJson(
                    "{\"model\":\"gemma3\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}],"
                        + "\"stream\":false}")));
  }

  @Test
  void anAggregatedStreamIsWholeAndKnowsItsFirstToken() {
    Exchange result = request("direct:aggregate", "Hi.");

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmFinishReason", "stop")
        .containsEntry("CamelLlmOutputTokens", 3L);
    assertThat(result.getMessage().getHeader("CamelLlmTimeToFirstToken", Duration.class))
        .isPositive();
    server.verify(
        postRequestedFor(urlEqualTo(PATH)).withHeader("Accept", equalTo("application/x-ndjson")));
  }

  @Test
  void optionsAreSentWhereOllamaHasThem() {
    request("direct:options", "Hi.");

    server.verify(
        postRequestedFor(urlEqualTo(PATH))
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"gemma3","messages":[{"role":"user","content":"Hi."}],"stream":false,
                     "think":false,"keep_alive":"5m",
                     "options":{"num_predict":50,"stop":["END"],"num_ctx":8192}}
                    """)));
  }

  @Test
  void aRequestInOpenAisFormatIsTranslated() {
    request(
        "direct:text",
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "Hi.")),
            "max_tokens",
            5,
            "response_format",
            Map.of("type", "json_object")));

    server.verify(
        postRequestedFor(urlEqualTo(PATH))
            .withRequestBody(
                equalToJson("{\"format\":\"json\",\"options\":{\"num_predict\":5}}", true, true)));
  }

  @Test
  void anErrorInAStreamKeepsWhatHadArrived() {
    String broken =
        STREAM.lines().limit(2).reduce("", (all, line) -> all + line + "\n")
            + "{\"error\":\"llama runner process has terminated\"}\n";
    server.stubFor(post(PATH).willReturn(aResponse().withBody(broken)));

    LlmServerException failure =
        request("direct:aggregate", "Hi.").getException(LlmServerException.class);

    assertThat(failure).hasMessageContaining("llama runner process has terminated");
    ChatResponse partial = Objects.requireNonNull(failure.getPartialResponse());
    assertThat(partial.text()).isEqualTo("Hel");
  }

  @Test
  void whatOllamaCannotExpressIsRefusedBeforeItIsSent() {
    Exchange result = request("direct:two", "Hi.");

    assertThat(result.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("ollama")
        .hasMessageContaining("choiceCount");
    server.verify(0, postRequestedFor(urlEqualTo(PATH)));
  }

  private Exchange request(String endpoint, Object body) {
    return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
  }
}
