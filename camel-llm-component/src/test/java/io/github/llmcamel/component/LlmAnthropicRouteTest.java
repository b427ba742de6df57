/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
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
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.testkit.CapturedLog;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a route author sees of Anthropic, over real HTTP. */
class LlmAnthropicRouteTest extends CamelTestSupport {

  private static final String ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"m-2025",
       "content":[{"type":"text","text":"Hello."},
         {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}}],
       "stop_reason":"tool_use",
       "usage":{"input_tokens":5,"cache_read_input_tokens":4,"output_tokens":3}}
      """;

  private static final String STREAM =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_2","model":"m-2025","content":[],"usage":{"input_tokens":9,"output_tokens":1}}}

      event: content_block_start
      data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}

      event: ping
      data: {"type":"ping"}

      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo."}}

      event: content_block_stop
      data: {"type":"content_block_stop","index":0}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:anthropic?model=m&apiKey=key-1&baseUrl=" + server.baseUrl();
        from("direct:text").to(llm);
        from("direct:aggregate").to(llm + "/v1&streamMode=aggregate&maxTokens=50");
        from("direct:openai").to(llm + "&bodyFormat=openai&outputFormat=openai");
        from("direct:version").to(llm + "&httpHeader.Anthropic-Version=2099-01-01");
        from("direct:seed").to(llm + "&seed=7");
        from("direct:lenient").to(llm + "&seed=7&lenientParameters=true");
      }
    };
  }

  @BeforeEach
  void answerEverything() {
    server.stubFor(post("/v1/messages").willReturn(okJson(ANSWER)));
    server.stubFor(
        post("/v1/messages")
            .withRequestBody(matchingJsonPath("$[?(@.stream == true)]"))
            .willReturn(
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(STREAM)));
  }

  @Test
  void showsTheKeyAndTheVersionInHeadersOfTheProtocol() {
    request("direct:text", "Hi.");

    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/messages"))
            .withHeader("x-api-key", equalTo("key-1"))
            .withHeader("anthropic-version", equalTo("2023-06-01"))
            .withoutHeader("Authorization")
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"Hi."}]}
                    """)));
  }

  @Test
  void aLenientEndpointLeavesOutWhatAnthropicDoesNotHaveAndSaysSoOnce() {
    try (CapturedLog log = new CapturedLog()) {
      request("direct:lenient", "Hi.");
      request("direct:lenient", "Hi.");

      assertThat(log.linesWith("anthropic does not have the parameter seed")).hasSize(1);
    }
    server.verify(
        2,
        postRequestedFor(urlEqualTo("/v1/messages"))
            .withRequestBody(matchingJsonPath("$[?(!@.seed)]")));
  }

  @Test
  void leavesTheLastWordOnTheVersionToTheUser() {
    request("direct:version", "Hi.");

    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/messages"))
            .withHeader("anthropic-version", equalTo("2099-01-01")));
  }

  @Test
  void theAnswerBecomesBodyAndHeaders() {
    Exchange result = request("direct:text", "Hi.");

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmProvider", "anthropic")
        .containsEntry("CamelLlmResponseModel", "m-2025")
        .containsEntry("CamelLlmResponseId", "msg_1")
        .containsEntry("CamelLlmFinishReason", "tool_calls")
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmOutputTokens", 3L)
        .containsEntry("CamelLlmCachedInputTokens", 4L);
  }

  @Test
  void anAggregatedStreamIsWholeAndKnowsItsFirstToken() {
    Exchange result = request("direct:aggregate", "Hi.");

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeader("CamelLlmTimeToFirstToken", Duration.class))
        .isPositive();
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmFinishReason", "stop")
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmOutputTokens", 3L);
    server.verify(
        postRequestedFor(urlEqualTo("/v1/messages"))
            .withHeader("Accept", equalTo("text/event-stream"))
            .withRequestBody(equalToJson("{\"stream\":true,\"max_tokens\":50}", true, true)));
  }

  @Test
  void aRequestInOpenAiFormatIsTranslatedAndItsAnswerBack() {
    Exchange result =
        request(
            "direct:openai",
            """
            {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi."}],
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
             "tool_choice":"required"}
            """);

    assertThat(result.getMessage().getBody(String.class))
        .contains(
            "\"finish_reason\":\"tool_calls\"",
            "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}");
    server.verify(
        postRequestedFor(urlEqualTo("/v1/messages"))
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"m","max_tokens":4096,"system":"Be brief.",
                     "messages":[{"role":"user","content":"Hi."}],
                     "tools":[{"name":"f","input_schema":{"type":"object"}}],
                     "tool_choice":{"type":"any"}}
                    """)));
  }

  @Test
  void aParameterTheProtocolDoesNotHaveIsRefusedBeforeAnythingIsSent() {
    Exchange result = request("direct:seed", "Hi.");

    assertThat(result.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("anthropic")
        .hasMessageContaining("seed");
    server.verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void anOverloadIsAFailureOfTheServer() {
    server.stubFor(
        post("/v1/messages")
            .willReturn(
                aResponse()
                    .withStatus(529)
                    .withHeader("request-id", "req_1")
                    .withBody(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}")));

    Exchange result = request("direct:text", "Hi.");

    assertThat(result.getException(LlmException.class))
        .isInstanceOf(LlmServerException.class)
        .returns("overloaded_error", LlmException::getCode)
        .returns("req_1", LlmException::getRequestId)
        .returns(true, LlmException::isRetryable);
  }

  private Exchange request(String endpoint, String body) {
    return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
  }
}
