/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer has besides its text, and what is the provider's own. */
class LlmAnswerExtrasRouteTest extends CamelTestSupport {

  private static final String PATH = "/v1/chat/completions";

  private static final String ANSWER =
      """
      {"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant",
       "content":"<think>Hm.</think>Hello.","annotations":[{"type":"url_citation",
       "url_citation":{"start_index":0,"end_index":5,"url":"https://h/1","title":"One"}}]},
       "logprobs":{"content":[{"token":"Hello","logprob":-0.5,"top_logprobs":[]}]},
       "finish_reason":"stop"}],"x_own":{"a":1}}
      """;

  private static final String STREAM =
      """
      data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"<think>Hm.</th"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"ink>Hello."},"finish_reason":"stop"}],"x_own":"ü"}

      data: [DONE]

      """;

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&baseUrl=" + server.baseUrl() + "/v1";
        String aggregate = "&streamMode=aggregate";
        from("direct:text").to(llm);
        from("direct:extract").to(llm + "&extractReasoning=true&outputFormat=response");
        from("direct:extract-aggregate")
            .to(llm + "&extractReasoning=true&outputFormat=response" + aggregate);
        from("direct:extract-live").to(llm + "&extractReasoning=true&stream=true");
        from("direct:openai").to(llm + "&outputFormat=openai");
        from("direct:raw").to(llm + "&rawResponse=true");
        from("direct:raw-aggregate").to(llm + "&rawResponse=true" + aggregate);
        from("direct:raw-live").to(llm + "&rawResponse=true&stream=true");
        from("direct:raw-then-text").to(llm + "&rawResponse=true").to(llm);
        from("direct:forward")
            .to(llm + "&forwardHeaders=X-Team,X-Request-Id&httpHeader.X-Team=sales");
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
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(STREAM)));
  }

  @Test
  void tagsOfReasoningStayInTheTextUnlessTheyAreToBeSplitOff() {
    assertThat(request("direct:text").getMessage().getBody()).isEqualTo("<think>Hm.</think>Hello.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:extract", "direct:extract-aggregate"})
  void reasoningBetweenTagsIsNoPartOfTheText(String endpoint) {
    ChatResponse response = request(endpoint).getMessage().getBody(ChatResponse.class);

    assertThat(response.text()).isEqualTo("Hello.");
    assertThat(response.choices().get(0).reasoning()).isEqualTo("Hm.");
  }

  @Test
  void aLiveAnswerBeginsBehindItsReasoning() {
    assertThat(read(request("direct:extract-live"))).isEqualTo("Hello.");
  }

  @Test
  void aGatewayPassesCitationsAndLogProbabilitiesOn() {
    assertThat(request("direct:openai").getMessage().getBody(String.class))
        .contains("\"annotations\":[{\"type\":\"url_citation\"", "\"url\":\"https://h/1\"")
        .contains("\"logprobs\":{\"content\":[{\"token\":\"Hello\",\"logprob\":-0.5");
  }

  @Test
  void theBodyOfTheReplyIsThereOnDemand() {
    assertThat(request("direct:text").getMessage().getHeaders())
        .doesNotContainKey("CamelLlmRawResponse");
    assertThat(raw(request("direct:raw"))).isEqualTo(ANSWER);
    assertThat(raw(request("direct:raw-aggregate"))).isEqualTo(STREAM);
  }

  @Test
  void aLiveAnswerKnowsTheBodyOfItsReplyAtItsEnd() {
    Exchange result = request("direct:raw-live");
    LlmStream<?> stream = (LlmStream<?>) result.getMessage().getBody();

    assertThat(raw(result)).isNull();
    assertThat(read(result)).contains("Hello.");
    assertThat(Objects.requireNonNull(stream.getResponse()).raw()).isEqualTo(STREAM);
  }

  @Test
  void theBodyOfTheReplyDoesNotOutliveTheNextCall() {
    assertThat(raw(request("direct:raw-then-text"))).isNull();
  }

  @Test
  void aFailedCallHasItsBodyInTheException() {
    server.stubFor(post(PATH).willReturn(serverError().withBody("{\"error\":\"boom\"}")));

    Exchange result = request("direct:raw");

    assertThat(raw(result)).isNull();
    assertThat(result.getException(LlmException.class).getResponseBody())
        .isEqualTo("{\"error\":\"boom\"}");
  }

  @Test
  void headersOnTheListReachTheProviderAndStayInTheMessage() {
    Exchange result = request("direct:forward", Map.of("X-Team", "billing", "X-Other", "canary"));

    assertThat(result.getMessage().getHeader("X-Team")).isEqualTo("billing");
    server.verify(
        postRequestedFor(urlEqualTo(PATH))
            .withHeader("X-Team", equalTo("billing"))
            .withoutHeader("X-Request-Id")
            .withoutHeader("X-Other"));
  }

  @Test
  void withoutTheHeaderTheOptionCounts() {
    request("direct:forward");

    server.verify(postRequestedFor(urlEqualTo(PATH)).withHeader("X-Team", equalTo("sales")));
  }

  @Test
  void aHeaderThatWouldBeTwoIsNotSent() {
    Exchange result = request("direct:forward", Map.of("X-Team", "a\r\nX-Evil: canary"));

    assertThat(result.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("The header X-Team holds a line break")
        .hasMessageNotContaining("canary");
    server.verify(0, postRequestedFor(urlEqualTo(PATH)));
  }

  private Exchange request(String endpoint) {
    return request(endpoint, Map.of());
  }

  private Exchange request(String endpoint, Map<String, Object> headers) {
    return template.request(
        endpoint,
        exchange -> {
          exchange.getMessage().setBody("Hi.");
          exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
  }

  private static String read(Exchange exchange) {
    List<String> pieces = new ArrayList<>();
    LlmStream<?> stream = (LlmStream<?>) exchange.getMessage().getBody();
    stream.forEachRemaining(piece -> pieces.add(piece.toString()));
    return String.join("", pieces);
  }

  private static @Nullable Object raw(Exchange exchange) {
    return exchange.getMessage().getHeader("CamelLlmRawResponse");
  }
}
