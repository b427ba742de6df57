/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a route author sees of Gemini, over real HTTP. */
class LlmGeminiRouteTest extends CamelTestSupport {

  private static final String ANSWER =
      """
      {
        "candidates": [{"content": {"role": "model", "parts": [{"text": "Hello."}]}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 9, "cachedContentTokenCount": 4, "candidatesTokenCount": 2,
          "thoughtsTokenCount": 5, "totalTokenCount": 16},
        "modelVersion": "m-001",
        "responseId": "r-1"
      }
      """;

  private static final String CALL =
      """
      {"candidates":[{"content":{"role":"model","parts":[
        {"functionCall":{"name":"weather","args":{"city":"Linz"}},"thoughtSignature":"s"}]},"finishReason":"STOP"}]}
      """;

  private static final String FIRST =
      event(
          "{'candidates':[{'content':{'role':'model','parts':[{'text':'Hel'}]}}],"
              + "'usageMetadata':{'promptTokenCount':9,'totalTokenCount':9}}");
  private static final String LAST =
      event(
          "{'candidates':[{'content':{'role':'model','parts':[{'text':'lo.'}]},'finishReason':'STOP'}],"
              + "'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':2,'totalTokenCount':11}}");

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:gemini?model=m&apiKey=key-1&baseUrl=" + server.url();
        from("direct:text").to(llm);
        from("direct:aggregate").to(llm + "/v1beta/models/m:generateContent&streamMode=aggregate");
        from("direct:live").to(llm + "&stream=true");
        from("direct:openai").to(llm + "&bodyFormat=openai&outputFormat=openai");
        from("direct:response").to(llm + "&outputFormat=response");
        from("direct:schema").to(llm + "&jsonSchema={\"type\":\"object\"}&maxTokens=50");
        from("direct:effort").to(llm + "&reasoningEffort=none");
        from("direct:vertex")
            .to(
                "llm:vertex_gemini?model=m&apiKey=token-1&streamMode=aggregate&baseUrl="
                    + server.url()
                    + "/v1/projects/p/locations/l/publishers/google");
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void asksTheModelInThePathWithTheKeyInAHeader() {
    CompletableFuture<Exchange> result = send("direct:text", "Hi.");
    Peer peer = server.accept();
    peer.reply(200, "application/json; charset=UTF-8", ANSWER);

    assertThat(peer.requestLine()).isEqualTo("POST /v1beta/models/m:generateContent HTTP/1.1");
    assertThat(peer.headers())
        .containsEntry("x-goog-api-key", "key-1")
        .doesNotContainKey("Authorization");
    assertThat(peer.body())
        .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi.\"}]}]}");
    assertThat(result.join().getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.join().getMessage().getHeaders())
        .containsEntry("CamelLlmProvider", "gemini")
        .containsEntry("CamelLlmResponseModel", "m-001")
        .containsEntry("CamelLlmResponseId", "r-1")
        .containsEntry("CamelLlmFinishReason", "stop")
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmCachedInputTokens", 4L)
        .containsEntry("CamelLlmOutputTokens", 7L)
        .containsEntry("CamelLlmReasoningTokens", 5L);
  }

  @Test
  void anAggregatedStreamIsWholeAndKnowsItsFirstToken() {
    CompletableFuture<Exchange> result = send("direct:aggregate", "Hi.");
    Peer peer = server.accept();
    peer.reply(200, "text/event-stream", FIRST + LAST);

    assertThat(peer.requestLine())
        .isEqualTo("POST /v1beta/models/m:streamGenerateContent?alt=sse HTTP/1.1");
    assertThat(peer.headers()).containsEntry("Accept", "text/event-stream");
    assertThat(result.join().getMessage().getBody()).isEqualTo("Hello.");
    assertThat(result.join().getMessage().getHeader("CamelLlmTimeToFirstToken", Duration.class))
        .isPositive();
    assertThat(result.join().getMessage().getHeaders())
        .containsEntry("CamelLlmInputTokens", 9L)
        .containsEntry("CamelLlmOutputTokens", 2L);
  }

  @Test
  void closingALiveAnswerClosesTheSocket() {
    CompletableFuture<Exchange> result = send("direct:live", "Hi.");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(FIRST);
    LlmStream<?> stream =
        Objects.requireNonNull(result.join().getMessage().getBody(LlmStream.class));

    stream.close();

    peer.awaitClosed();
    await().until(() -> observer.only().signals().contains("cancelled CLOSED_BY_CONSUMER"));
  }

  @Test
  void vertexIsShownAToken() {
    CompletableFuture<Exchange> result = send("direct:vertex", "Hi.");
    Peer peer = server.accept();
    peer.reply(200, "application/json", "[" + data(FIRST) + "\n,\n" + data(LAST) + "]");

    assertThat(peer.requestLine())
        .startsWith(
            "POST /v1/projects/p/locations/l/publishers/google/models/m:streamGenerateContent?alt=sse");
    assertThat(peer.headers())
        .containsEntry("Authorization", "Bearer token-1")
        .doesNotContainKey("x-goog-api-key");
    assertThat(result.join().getMessage().getBody()).isEqualTo("Hello.");
  }

  @Test
  void aRequestInOpenAiFormatIsTranslatedAndItsAnswerBack() {
    CompletableFuture<Exchange> result =
        send(
            "direct:openai",
            """
            {"messages":[{"role":"user","content":"Weather?"}],"tool_choice":"required",
             "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object"}}}]}
            """);
    Peer peer = server.accept();
    peer.reply(200, "application/json", CALL);

    assertThat(peer.body())
        .contains(
            "\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\","
                + "\"parametersJsonSchema\":{\"type\":\"object\"}}]}]",
            "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}");
    assertThat(result.join().getMessage().getBody(String.class))
        .contains(
            "\"finish_reason\":\"tool_calls\"",
            "\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Linz\\\"}\"}")
        .doesNotContain("thoughtSignature");
  }

  @Test
  void aConversationGoesOnWithTheResultOfATool() {
    ChatRequest question =
        ChatRequest.builder()
            .message(Message.user("Weather?"))
            .tools(ToolUse.of(new Tool.Function("weather", null, Map.of("type", "object"))))
            .build();
    CompletableFuture<Exchange> first = send("direct:response", question);
    Peer peer = server.accept();
    peer.reply(200, "application/json", CALL);
    ChatResponse.Choice choice =
        first.join().getMessage().getBody(ChatResponse.class).choices().get(0);
    ToolCall call = choice.toolCalls().get(0);

    CompletableFuture<Exchange> second =
        send(
            "direct:response",
            question.toBuilder()
                .message(choice.toMessage())
                .message(new Message.ToolResult(call.id(), null, List.of(new Part.Text("Sunny."))))
                .build());
    peer.readRequest();
    peer.reply(200, "application/json", ANSWER);

    assertThat(second.join().getMessage().getBody(ChatResponse.class).text()).isEqualTo("Hello.");
    assertThat(peer.body().replace('"', '\''))
        .contains(
            "{'role':'model','parts':[{'functionCall':{'name':'weather','args':{'city':'Linz'}},"
                + "'thoughtSignature':'s'}]}",
            "{'role':'user','parts':[{'functionResponse':{'name':'weather',"
                + "'response':{'result':'Sunny.'}}}]}");
  }

  @Test
  void aSchemaIsPartOfTheConfiguration() {
    CompletableFuture<Exchange> result = send("direct:schema", "Hi.");
    Peer peer = server.accept();
    peer.reply(200, "application/json", ANSWER);

    assertThat(result.join().getException()).isNull();
    assertThat(peer.body().replace('"', '\''))
        .endsWith(
            "'generationConfig':{'maxOutputTokens':50,'responseMimeType':'application/json',"
                + "'responseJsonSchema':{'type':'object'}}}");
  }

  @Test
  void anEffortThatTheProtocolDoesNotHaveIsRefusedBeforeAnythingIsSent() {
    assertThat(send("direct:effort", "Hi.").join().getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("reasoningEffort");
  }

  @Test
  void aRefusedKeyIsAFailureOfAuthentication() {
    CompletableFuture<Exchange> result = send("direct:text", "Hi.");
    server
        .accept()
        .reply(
            400,
            "application/json",
            json(
                "[{'error':{'code':400,'message':'API key not valid.','status':'INVALID_ARGUMENT',"
                    + "'details':[{'reason':'API_KEY_INVALID'}]}}]"));

    assertThat(result.join().getException())
        .isInstanceOf(LlmAuthenticationException.class)
        .hasMessageContaining("API key not valid.");
  }

  @Test
  void aRateLimitTellsTheRouteHowLongToWait() {
    CompletableFuture<Exchange> result = send("direct:text", "Hi.");
    server
        .accept()
        .reply(
            429,
            "application/json",
            json(
                "{'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED','details':["
                    + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.5s'}]}}"));

    assertThat(result.join().getException()).isInstanceOf(LlmRateLimitException.class);
    assertThat(result.join().getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(34_500L);
  }

  @Test
  void anErrorAtTheEndOfAStreamKeepsWhatWasSaid() {
    CompletableFuture<Exchange> result = send("direct:aggregate", "Hi.");
    server
        .accept()
        .reply(
            200,
            "text/event-stream",
            FIRST
                + """
                {
                  "error": {
                    "code": 503,
                    "message": "m",
                    "status": "UNAVAILABLE"
                  }
                }
                """);

    LlmException failure = result.join().getException(LlmException.class);
    assertThat(failure).isInstanceOf(LlmServerException.class);
    assertThat(Objects.requireNonNull(failure.getPartialResponse()).text()).isEqualTo("Hel");
  }

  private CompletableFuture<Exchange> send(String endpoint, Object body) {
    return template.asyncSend(endpoint, exchange -> exchange.getMessage().setBody(body));
  }

  private static String event(String data) {
    return "data: " + json(data) + "\r\n\r\n";
  }

  private static String data(String event) {
    return event.substring("data: ".length()).strip();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
