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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import io.github.llmcamel.testkit.RecordingObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a route author sees: body and headers in and out, over real HTTP. */
class LlmRouteTest extends CamelTestSupport {

  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","model":"m-2024","choices":[{"index":0,
       "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12,
         "prompt_tokens_details":{"cached_tokens":4},
         "completion_tokens_details":{"reasoning_tokens":1}}}
      """;

  private static final String STREAM =
      """
      data: {"id":"chatcmpl-2","model":"m-2024","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

      data: {"id":"chatcmpl-2","choices":[{"index":0,"delta":{"content":"Hel"}}]}

      data: {"id":"chatcmpl-2","choices":[{"index":0,"delta":{"content":"lo."}}]}

      data: {"id":"chatcmpl-2","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"id":"chatcmpl-2","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3}}

      data: [DONE]

      """;

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final RecordingObserver observer = new RecordingObserver();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    context.getRegistry().bind("acme", acme());
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:bean").to("llm:acme?model=m&apiKey=k&maxTokens=50");
        String llm = "llm:vllm?model=m&baseUrl=" + server.baseUrl() + "/v1";
        from("direct:text").to(llm);
        from("direct:options")
            .to(llm + "&temperature=0.2&maxTokens=50&stop=END&seed=7&user=u-1&extra.top_k=5");
        from("direct:system").to(llm + "&systemMessage=Answer ${header.lang}.&temperature=0.2");
        from("direct:prompt").to(llm + "&userMessage=Summarise: ${body}");
        from("direct:resource").to(llm + "&systemMessage=resource:classpath:prompt.txt");
        from("direct:aggregate").to(llm + "&streamMode=aggregate");
        from("direct:response").to(llm + "&outputFormat=response");
        from("direct:openai").to(llm + "&bodyFormat=openai&outputFormat=openai");
        from("direct:two").to(llm + "&temperature=0.2").to(llm);
        from("direct:variable")
            .toV(llm, null, "label")
            .setHeader("label", simple("${variable.label}"));
        from("direct:handled")
            .onException(HttpOperationFailedException.class)
            .handled(true)
            .setBody(simple("${exception.statusCode} ${exception.errorType} ${exception.code}"))
            .end()
            .to(llm);
        from("direct:redelivered")
            .onException(LlmRateLimitException.class)
            .maximumRedeliveries(1)
            .redeliveryDelay(600_000)
            .asyncDelayedRedelivery()
            .end()
            .to(llm);
      }
    };
  }

  private static Provider acme() {
    return Provider.builder("acme")
        .baseUrl(server.baseUrl() + "/v1")
        .auth(new Auth.HeaderKey("X-Acme-Key"))
        .quirks(Quirk.MAX_COMPLETION_TOKENS)
        .build();
  }

  @BeforeEach
  void answerEverything() {
    server.stubFor(post("/v1/chat/completions").willReturn(okJson(ANSWER)));
    server.stubFor(
        post("/v1/chat/completions")
            .withRequestBody(matchingJsonPath("$[?(@.stream == true)]"))
            .willReturn(
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(STREAM)));
  }

  @Test
  void sendsTheBodyAndNothingThatNobodySet() {
    template.requestBody("direct:text", "Hi.");

    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withoutHeader("Authorization")
            .withRequestBody(
                equalToJson(
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}")));
  }

  @Test
  void aBeanIsAllThatANewProviderTakes() {
    Exchange result = request("direct:bean", "Hi.", Map.of());

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeader(LlmConstants.PROVIDER)).isEqualTo("acme");
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("X-Acme-Key", equalTo("k"))
            .withoutHeader("Authorization")
            .withRequestBody(matchingJsonPath("$.max_completion_tokens", equalTo("50"))));
  }

  @Test
  void theAnswerBecomesBodyAndHeaders() {
    Exchange result = request("direct:text", "Hi.", Map.of("other", "kept"));

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmProvider", "vllm")
        .containsEntry("CamelLlmRequestModel", "m")
        .containsEntry("CamelLlmResponseModel", "m-2024")
        .containsEntry("CamelLlmResponseId", "chatcmpl-1")
        .containsEntry("CamelLlmFinishReason", "stop")
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmOutputTokens", 3L)
        .containsEntry("CamelLlmCachedInputTokens", 4L)
        .containsEntry("CamelLlmReasoningTokens", 1L)
        .containsEntry("other", "kept")
        .doesNotContainKey("CamelLlmTimeToFirstToken");
    assertThat(result.getMessage().getHeader("CamelLlmDuration", Duration.class)).isPositive();
  }

  @Test
  void whatTheProviderDoesNotSayIsAbsent() {
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                okJson(
                    "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}")));

    Exchange result = request("direct:text", "Hi.", Map.of());

    assertThat(result.getMessage().getHeaders())
        .doesNotContainKeys(
            "CamelLlmResponseModel",
            "CamelLlmResponseId",
            "CamelLlmInputTokens",
            "CamelLlmOutputTokens",
            "CamelLlmCachedInputTokens",
            "CamelLlmReasoningTokens");
  }

  @Test
  void anAggregatedStreamIsWholeAndKnowsItsFirstToken() {
    Exchange result = request("direct:aggregate", "Hi.", Map.of());

    assertThat(result.getMessage().getBody()).isEqualTo("Hello.");
    Duration first = result.getMessage().getHeader("CamelLlmTimeToFirstToken", Duration.class);
    assertThat(first)
        .isPositive()
        .isLessThanOrEqualTo(result.getMessage().getHeader("CamelLlmDuration", Duration.class));
    assertThat(result.getMessage().getHeader("CamelLlmOutputTokens")).isEqualTo(3L);
    server.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Accept", equalTo("text/event-stream"))
            .withRequestBody(
                equalToJson(
                    "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}", true, true)));
    assertThat(observer.only().signals())
        .containsSubsequence(
            "start", "headers", "sent", "head 200", "event TextDelta", "completed");
  }

  @Test
  void optionsAreSentByTheNamesOfTheProtocol() {
    template.requestBody("direct:options", "Hi.");

    server.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withRequestBody(
                equalToJson(
                    """
                    {"model":"m","messages":[{"role":"user","content":"Hi."}],
                     "temperature":0.2,"max_tokens":50,"stop":["END"],"seed":7,"user":"u-1","top_k":5}
                    """)));
  }

  @Test
  void headersOverrideOptionsForOneCallAndAreConsumed() {
    Exchange result =
        request(
            "direct:two",
            "Hi.",
            Map.of(
                LlmConstants.MODEL, "other",
                LlmConstants.TEMPERATURE, "1.5",
                LlmConstants.STOP, List.of("a,b", "c"),
                LlmConstants.SYSTEM_MESSAGE, "Be ${brief}."));

    assertThat(observer.recordings()).hasSize(2);
    ChatRequest first = observer.recordings().get(0).chat();
    assertThat(first.model()).isEqualTo("other");
    assertThat(first.sampling().temperature()).isEqualTo(1.5);
    assertThat(first.sampling().stop()).containsExactly("a,b", "c");
    assertThat(first.messages())
        .containsExactly(Message.system("Be ${brief}."), Message.user("Hi."));
    ChatRequest second = observer.recordings().get(1).chat();
    assertThat(second.model()).isEqualTo("m");
    assertThat(second.sampling().temperature()).isNull();
    assertThat(second.messages()).containsExactly(Message.user("Hello."));
    assertThat(result.getMessage().getHeaders())
        .doesNotContainKeys(LlmConstants.MODEL, LlmConstants.TEMPERATURE, LlmConstants.STOP);
  }

  @Test
  void whoAsksAndWhatForStaysInTheMessageAndIsNotSent() {
    Map<String, Object> identity =
        Map.of(
            LlmConstants.CONVERSATION_ID, "canary-conversation",
            LlmConstants.USER_ID, "canary-user",
            LlmConstants.PURPOSE, "canary-purpose");

    Exchange result = request("direct:two", "Hi.", identity);

    assertThat(result.getMessage().getHeaders()).containsAllEntriesOf(identity);
    assertThat(server.getAllServeEvents())
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getRequest().getBodyAsString()).doesNotContain("canary");
              assertThat(event.getRequest().getHeaders().toString()).doesNotContain("canary");
            });
  }

  @Test
  void overrideHeadersStayOnFailureAndResultsOfAnEarlierCallGo() {
    server.stubFor(post("/v1/chat/completions").willReturn(aResponse().withStatus(500)));

    Exchange result =
        request(
            "direct:text",
            "Hi.",
            Map.of(LlmConstants.MODEL, "other", LlmConstants.RESPONSE_ID, "stale"));

    assertThat(result.getException()).isInstanceOf(LlmException.class);
    assertThat(result.getMessage().getHeaders())
        .containsEntry(LlmConstants.MODEL, "other")
        .doesNotContainKey(LlmConstants.RESPONSE_ID);
  }

  @Test
  void aBaseUrlOrKeyIsNeverTakenFromAHeader() {
    request(
        "direct:text",
        "Hi.",
        Map.of(
            "CamelLlmBaseUrl", "http://127.0.0.1:1", "CamelLlmApiKey", "k", "Authorization", "A"));

    server.verify(
        1, postRequestedFor(urlEqualTo("/v1/chat/completions")).withoutHeader("Authorization"));
  }

  @Test
  void aHeaderThatCannotBeReadIsNamedWithoutItsValue() {
    Exchange result = request("direct:text", "Hi.", Map.of(LlmConstants.TEMPERATURE, "s3cret"));

    assertThat(result.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("CamelLlmTemperature")
        .hasMessageNotContaining("s3cret");
    server.verify(0, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void aSystemMessageIsATemplate() {
    request("direct:system", "Hi.", Map.of("lang", "in French"));

    assertThat(messages())
        .containsExactly(Message.system("Answer in French."), Message.user("Hi."));
  }

  @Test
  void aSystemMessageOfTheConversationStays() {
    template.requestBody("direct:system", List.of(Message.system("Mine."), Message.user("Hi.")));

    assertThat(messages()).containsExactly(Message.system("Mine."), Message.user("Hi."));
  }

  @Test
  void aPromptQuotesTheBodyOnceAndDoesNotEvaluateIt() {
    template.requestBody("direct:prompt", "text with ${exchangeId}");

    assertThat(messages()).containsExactly(Message.user("Summarise: text with ${exchangeId}"));
  }

  @Test
  void aPromptFollowsAConversation() {
    template.requestBody(
        "direct:prompt",
        ChatRequest.builder().messages(List.of(Message.user("a"), Message.assistant("b"))).build());

    assertThat(messages()).hasSize(3);
    assertThat(messages().subList(0, 2)).containsExactly(Message.user("a"), Message.assistant("b"));
  }

  @Test
  void aPromptIsReadFromAResource() {
    template.requestBody("direct:resource", "Hi.");

    assertThat(messages()).contains(Message.system("Answer like a pirate.\n"));
  }

  @Test
  void aRequestAsBodyGoesBeforeTheOptions() {
    template.requestBody(
        "direct:options",
        ChatRequest.of("Hi.").toBuilder()
            .model("mine")
            .sampling(
                new io.github.llmcamel.model.Sampling(
                    1.0, null, null, null, List.of(), null, null, null, null, null))
            .build());

    ChatRequest sent = observer.only().chat();
    assertThat(sent.model()).isEqualTo("mine");
    assertThat(sent.sampling().temperature()).isEqualTo(1.0);
    assertThat(sent.sampling().maxTokens()).isEqualTo(50);
  }

  @Test
  void aMapIsAChatRequestInOpenAiFormat() {
    template.requestBody(
        "direct:text",
        Map.of(
            "messages",
            List.of(Map.of("role", "user", "content", "Hi.")),
            "temperature",
            0.5,
            "tool_choice",
            "none"));

    ChatRequest sent = observer.only().chat();
    assertThat(sent.sampling().temperature()).isEqualTo(0.5);
    assertThat(sent.tools().choice()).isEqualTo(ToolChoice.NONE);
  }

  @Test
  void jsonTextIsAPromptUnlessItIsSaidToBeARequest() {
    String json = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]}";

    template.requestBody("direct:text", json);
    Object answer = template.requestBody("direct:openai", json.getBytes(StandardCharsets.UTF_8));

    assertThat(observer.recordings().get(0).chat().messages()).containsExactly(Message.user(json));
    assertThat(observer.recordings().get(1).chat().messages()).containsExactly(Message.user("Hi."));
    assertThat(answer).asString().contains("\"object\":\"chat.completion\"", "\"Hello.\"");
  }

  @Test
  void theWholeResponseIsThereForThoseWhoAsk() {
    ChatResponse response = template.requestBody("direct:response", "Hi.", ChatResponse.class);

    assertThat(response.usage().inputTokens()).isEqualTo(9);
    assertThat(response.choices()).hasSize(1);
  }

  @Test
  void anAnswerInAVariableLeavesTheDocumentInTheBody() {
    Exchange result = request("direct:variable", "The document.", Map.of());

    assertThat(result.getMessage().getBody()).isEqualTo("The document.");
    assertThat(result.getMessage().getHeader("label")).isEqualTo("Hello.");
    assertThat(result.getVariable("header:label.CamelLlmOutputTokens")).isEqualTo(3L);
  }

  @Test
  void anEmptyBodyIsRefusedBeforeAnythingIsSent() {
    for (String empty : new String[] {null, "", "  "}) {
      assertThatThrownBy(() -> template.requestBody("direct:text", (Object) empty))
          .isInstanceOf(CamelExecutionException.class)
          .cause()
          .isInstanceOf(LlmRequestException.class)
          .hasMessageContaining("nothing to ask");
    }
    server.verify(0, postRequestedFor(urlEqualTo("/v1/chat/completions")));
    assertThat(observer.recordings()).isEmpty();
  }

  @Test
  void aBodyThatIsNoTextIsRefusedNamingItsType() {
    assertThatThrownBy(() -> template.requestBody("direct:text", new Opaque()))
        .cause()
        .hasMessageContaining("Opaque");
  }

  @Test
  void failuresAreHttpFailuresForExistingRoutes() {
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withBody("{\"error\":{\"message\":\"no m\",\"code\":\"model_not_found\"}}")));

    assertThat(template.requestBody("direct:handled", "Hi.")).isEqualTo("404 404 model_not_found");
  }

  @Test
  void aRedeliveryWaitsAsLongAsTheProviderAsks() {
    server.stubFor(
        post("/v1/chat/completions")
            .inScenario("limit")
            .whenScenarioStateIs("Started")
            .willSetStateTo("free")
            .willReturn(aResponse().withStatus(429).withHeader("retry-after-ms", "20")));
    server.stubFor(
        post("/v1/chat/completions")
            .inScenario("limit")
            .whenScenarioStateIs("free")
            .willReturn(okJson(ANSWER)));

    assertThat(template.requestBody("direct:redelivered", "Hi.")).isEqualTo("Hello.");
    server.verify(2, postRequestedFor(urlEqualTo("/v1/chat/completions")));
  }

  @Test
  void oneCallIsOneRequestWhateverTheAnswer() {
    server.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                aResponse()
                    .withStatus(307)
                    .withHeader("Location", server.baseUrl() + "/elsewhere")));

    Exchange result = request("direct:text", "Hi.", Map.of());

    assertThat(result.getException(LlmException.class).getStatusCode()).isEqualTo(307);
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  private List<Message> messages() {
    return observer.only().chat().messages();
  }

  private Exchange request(String endpoint, Object body, Map<String, Object> headers) {
    return template.request(
        endpoint,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
  }

  /** Nothing converts it to text. */
  private static final class Opaque {}
}
