/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LangChain4j with its OpenAI models. */
class LangChain4jIT {

  private static final ChatRequest STORY = ask(UserMessage.from(Gateway.STORY)).build();

  @Test
  void chats() {
    ChatResponse answer = model(Gateway.MODEL).chat(STORY);
    assertThat(answer.aiMessage().text()).isNotEmpty();
    assertThat(answer.finishReason()).isIn(FinishReason.STOP, FinishReason.LENGTH);
    assertCounted(answer.tokenUsage());
  }

  @Test
  void streamsOverTime() {
    Heard heard = stream("slow", STORY);
    assertThat(heard.end().join().finishReason()).isEqualTo(FinishReason.STOP);
    heard.deltas().assertCameOverTime();
  }

  @Test
  void streamsWithUsage() {
    assertCounted(stream(Gateway.MODEL, STORY).end().join().tokenUsage());
  }

  @Test
  void callsTool() {
    assertCallsWeather(model(Gateway.MODEL).chat(weatherCall()));
  }

  @Test
  void callsToolStreamed() {
    assertCallsWeather(stream(Gateway.MODEL, weatherCall()).end().join());
  }

  @Test
  void answersToResultOfTool() {
    AiMessage call = model(Gateway.MODEL).chat(weatherCall()).aiMessage();
    ToolExecutionRequest wanted = call.toolExecutionRequests().get(0);
    ChatRequest next =
        ask(
                UserMessage.from(Gateway.WEATHER),
                call,
                ToolExecutionResultMessage.from(wanted, "{\"degrees\":21}"))
            .toolSpecifications(weather())
            .build();
    assertThat(model(Gateway.MODEL).chat(next).aiMessage().text()).isNotEmpty();
    assertThat(stream(Gateway.MODEL, next).end().join().aiMessage().text()).isNotEmpty();
  }

  @Test
  void parsesStructuredOutput() {
    OpenAiChatModel strict =
        OpenAiChatModel.builder()
            .baseUrl(Gateway.BASE_URL)
            .apiKey(Gateway.API_KEY)
            .modelName(Gateway.MODEL)
            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
            .strictJsonSchema(true)
            .maxRetries(0)
            .build();
    Order order = AiServices.create(Reader.class, strict).read(Gateway.ORDER);
    assertThat(order.customer()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "base64"})
  void embedsInEachEncoding(String format) {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(Gateway.BASE_URL)
            .apiKey(Gateway.API_KEY)
            .modelName(Gateway.MODEL)
            .encodingFormat(format)
            .maxRetries(0)
            .build();
    assertThat(
            model
                .embedAll(List.of(TextSegment.from("one"), TextSegment.from("two words")))
                .content())
        .extracting(Embedding::dimension)
        .hasSize(2)
        .allMatch(dimension -> dimension > 0);
  }

  @Test
  void listsModels() {
    OpenAiModelCatalog catalog =
        OpenAiModelCatalog.builder().baseUrl(Gateway.BASE_URL).apiKey(Gateway.API_KEY).build();
    assertThat(catalog.listModels()).extracting(ModelDescription::name).contains("demo", "slow");
  }

  @Test
  void refusesUnknownModel() {
    assertThatThrownBy(() -> model("nobody-has-this").chat(STORY))
        .isInstanceOf(ModelNotFoundException.class);
    assertThatThrownBy(stream("nobody-has-this", STORY).end()::join)
        .hasCauseInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void refusesWrongKey() {
    OpenAiChatModel stranger =
        OpenAiChatModel.builder()
            .baseUrl(Gateway.BASE_URL)
            .apiKey(Gateway.WRONG_KEY)
            .modelName(Gateway.MODEL)
            .maxRetries(0)
            .build();
    assertThatThrownBy(() -> stranger.chat(STORY)).isInstanceOf(AuthenticationException.class);
  }

  @Test
  void limitsRate() {
    assertThatThrownBy(() -> model("limited").chat(STORY)).isInstanceOf(RateLimitException.class);
  }

  @Test
  void tellsErrorOfModel() {
    assertThatThrownBy(() -> model("failing").chat(STORY))
        .isInstanceOf(InternalServerException.class);
  }

  @Test
  void tellsWhereStreamBreaks() {
    Heard heard = stream("breaks", STORY);
    assertThat(heard.end()).failsWithin(Duration.ofMinutes(1));
    assertThat(heard.deltas().count()).isPositive();
  }

  @Test
  void cancels() {
    Heard heard = new Heard(3);
    streaming("slower").chat(STORY, heard);
    assertThatThrownBy(heard.end()::join).isInstanceOf(CancellationException.class);
    Gateway.awaitNothingInFlight();
  }

  private static ChatRequest.Builder ask(ChatMessage... messages) {
    return ChatRequest.builder().messages(messages).maxOutputTokens(40);
  }

  private static ChatRequest weatherCall() {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(UserMessage.from(Gateway.WEATHER));
    if (Gateway.BEGUN_CALL != null) {
      messages.add(AiMessage.from(Gateway.BEGUN_CALL));
    }
    return ask(messages.toArray(ChatMessage[]::new))
        .toolSpecifications(weather())
        .toolChoice(ToolChoice.REQUIRED)
        .build();
  }

  private static List<ToolSpecification> weather() {
    return ToolSpecifications.toolSpecificationsFrom(Tools.class);
  }

  private static void assertCallsWeather(ChatResponse answer) {
    assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    assertThat(answer.aiMessage().toolExecutionRequests())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.id()).isNotEmpty();
              assertThat(call.name()).isEqualTo("weather");
              assertThat(call.arguments()).contains("city");
            });
  }

  private static void assertCounted(TokenUsage usage) {
    assertThat(usage.inputTokenCount()).isPositive();
    assertThat(usage.outputTokenCount()).isPositive();
  }

  private static OpenAiChatModel model(String name) {
    return OpenAiChatModel.builder()
        .baseUrl(Gateway.BASE_URL)
        .apiKey(Gateway.API_KEY)
        .modelName(name)
        .maxRetries(0)
        .build();
  }

  private static OpenAiStreamingChatModel streaming(String name) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(Gateway.BASE_URL)
        .apiKey(Gateway.API_KEY)
        .modelName(name)
        .build();
  }

  private static Heard stream(String model, ChatRequest request) {
    Heard heard = new Heard(Integer.MAX_VALUE);
    streaming(model).chat(request, heard);
    return heard;
  }

  record Order(String customer, String city, int quantity) {}

  interface Reader {
    Order read(String text);
  }

  interface Tools {
    @Tool("The weather of a city, now")
    String weather(@P("city") String city);
  }
}
