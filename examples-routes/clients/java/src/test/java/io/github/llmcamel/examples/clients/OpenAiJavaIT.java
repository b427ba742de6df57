/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import com.openai.models.models.Model;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The official library openai-java. */
class OpenAiJavaIT {

  private static final OpenAIClient CLIENT =
      OpenAIOkHttpClient.builder()
          .baseUrl(Gateway.BASE_URL)
          .apiKey(Gateway.API_KEY)
          .maxRetries(0)
          .build();
  private static final ChatCompletionService CHAT = CLIENT.chat().completions();

  @AfterAll
  static void closeClient() {
    CLIENT.close();
  }

  @Test
  void chats() {
    ChatCompletion answer = CHAT.create(story(Gateway.MODEL).build()).validate();
    assertThat(answer.id()).isNotEmpty();
    assertThat(answer.created()).isPositive();
    assertThat(text(answer)).isNotEmpty();
    CompletionUsage usage = answer.usage().orElseThrow();
    assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
  }

  @Test
  void streamsOverTime() {
    Deltas deltas = new Deltas();
    try (StreamResponse<ChatCompletionChunk> stream = CHAT.createStreaming(story("slow").build())) {
      stream.stream().forEach(chunk -> deltas.add(text(chunk)));
    }
    deltas.assertCameOverTime();
  }

  @Test
  void streamsWithoutUsage() {
    assertThat(chunks(story(Gateway.MODEL).build()))
        .allSatisfy(
            chunk -> {
              assertThat(chunk.validate().choices()).hasSize(1);
              assertThat(chunk.usage()).isEmpty();
            });
  }

  @Test
  void streamsWithUsage() {
    List<ChatCompletionChunk> chunks =
        chunks(
            story(Gateway.MODEL)
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
    ChatCompletionChunk last = chunks.get(chunks.size() - 1);
    assertThat(last.choices()).isEmpty();
    assertThat(last.usage().orElseThrow().completionTokens()).isPositive();
  }

  @Test
  void callsTool() {
    assertCallsWeather(CHAT.create(weatherCall().build()).validate());
  }

  @Test
  void callsToolStreamed() {
    assertCallsWeather(accumulated(weatherCall().build()).chatCompletion());
  }

  @Test
  void answersToResultOfTool() {
    ChatCompletion call = CHAT.create(weatherCall().build());
    ChatCompletionCreateParams next = withResult(call).build();
    assertThat(text(CHAT.create(next))).isNotEmpty();
    assertThat(text(accumulated(next).chatCompletion())).isNotEmpty();
  }

  @Test
  void parsesStructuredOutput() {
    assertThat(
            CHAT.create(order().responseFormat(Order.class).build())
                .choices()
                .get(0)
                .message()
                .content())
        .get()
        .isInstanceOf(Order.class);
  }

  @Test
  void parsesStructuredOutputStreamed() {
    ChatCompletionCreateParams request = order().responseFormat(Order.class).build().rawParams();
    assertThat(
            accumulated(request).chatCompletion(Order.class).choices().get(0).message().content())
        .get()
        .isInstanceOf(Order.class);
  }

  @Test
  void embedsInEachEncoding() {
    List<Float> numbers = embedding(embeddings(EncodingFormat.FLOAT));
    assertThat(numbers).isNotEmpty();
    assertThat(embedding(embeddings(EncodingFormat.BASE64))).isEqualTo(numbers);
  }

  @Test
  void listsModels() {
    assertThat(CLIENT.models().list().autoPager())
        .allSatisfy(Model::validate)
        .extracting(Model::id)
        .contains("demo", "slow");
  }

  @Test
  void retrievesOneModel() {
    assertThat(List.of("demo", "simulated/with-slash"))
        .allSatisfy(
            name -> assertThat(CLIENT.models().retrieve(name).validate().id()).isEqualTo(name));
    assertThatThrownBy(() -> CLIENT.models().retrieve("nobody-has-this"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void refusesUnknownModel() {
    assertThat(refusal("nobody-has-this", NotFoundException.class).code())
        .contains("model_not_found");
  }

  @Test
  void refusesInvalidRequest() {
    assertThatThrownBy(
            () ->
                CHAT.create(
                    ChatCompletionCreateParams.builder()
                        .model(Gateway.MODEL)
                        .messages(List.of())
                        .build()))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void refusesWrongKey() {
    OpenAIClient stranger = CLIENT.withOptions(options -> options.apiKey(Gateway.WRONG_KEY));
    assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void limitsRate() {
    assertThat(refusal("limited", RateLimitException.class).headers().values("retry-after"))
        .containsExactly("1");
  }

  @Test
  void tellsErrorOfModel() {
    refusal("failing", InternalServerException.class);
  }

  @Test
  void throwsWhereStreamBreaks() {
    Deltas deltas = new Deltas();
    try (StreamResponse<ChatCompletionChunk> stream =
        CHAT.createStreaming(story("breaks").build())) {
      assertThatThrownBy(() -> stream.stream().forEach(chunk -> deltas.add(text(chunk))))
          .isInstanceOf(SseException.class);
    }
    assertThat(deltas.count()).isPositive();
  }

  @Test
  void cancels() {
    try (StreamResponse<ChatCompletionChunk> stream =
        CHAT.createStreaming(story("slower").build())) {
      assertThat(stream.stream().limit(4)).hasSize(4);
    }
    Gateway.awaitNothingInFlight();
  }

  private static ChatCompletionCreateParams.Builder story(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addUserMessage(Gateway.STORY)
        .maxCompletionTokens(40);
  }

  private static ChatCompletionCreateParams.Builder order() {
    return ChatCompletionCreateParams.builder().model(Gateway.MODEL).addUserMessage(Gateway.ORDER);
  }

  private static ChatCompletionCreateParams.Builder weatherCall() {
    ChatCompletionCreateParams.Builder call =
        ChatCompletionCreateParams.builder()
            .model(Gateway.MODEL)
            .addUserMessage(Gateway.WEATHER)
            .addTool(Weather.class)
            .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
            .maxCompletionTokens(40);
    if (Gateway.BEGUN_CALL != null) {
      call.addMessage(
          ChatCompletionAssistantMessageParam.builder().content(Gateway.BEGUN_CALL).build());
    }
    return call;
  }

  private static ChatCompletionCreateParams.Builder withResult(ChatCompletion call) {
    return ChatCompletionCreateParams.builder()
        .model(Gateway.MODEL)
        .addUserMessage(Gateway.WEATHER)
        .addMessage(call.choices().get(0).message())
        .addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(weather(call).id())
                .content("{\"degrees\":21}")
                .build())
        .addTool(Weather.class)
        .maxCompletionTokens(40);
  }

  private static void assertCallsWeather(ChatCompletion answer) {
    assertThat(answer.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    ChatCompletionMessageFunctionToolCall call = weather(answer);
    assertThat(call.id()).isNotEmpty();
    assertThat(call.function().name()).isEqualTo("Weather");
    assertThat(call.function().arguments(Weather.class)).isNotNull();
  }

  private static ChatCompletionMessageFunctionToolCall weather(ChatCompletion answer) {
    return answer.choices().get(0).message().toolCalls().orElseThrow().get(0).asFunction();
  }

  private static List<ChatCompletionChunk> chunks(ChatCompletionCreateParams request) {
    try (StreamResponse<ChatCompletionChunk> stream = CHAT.createStreaming(request)) {
      return stream.stream().toList();
    }
  }

  private static ChatCompletionAccumulator accumulated(ChatCompletionCreateParams request) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    chunks(request).forEach(accumulator::accumulate);
    return accumulator;
  }

  private static String text(ChatCompletion answer) {
    return answer.choices().get(0).message().content().orElse("");
  }

  private static String text(ChatCompletionChunk chunk) {
    return chunk.choices().get(0).delta().content().orElse("");
  }

  private static CreateEmbeddingResponse embeddings(EncodingFormat format) {
    return CLIENT
        .embeddings()
        .create(
            EmbeddingCreateParams.builder()
                .model(Gateway.MODEL)
                .inputOfArrayOfStrings(List.of("one", "two words"))
                .encodingFormat(format)
                .build())
        .validate();
  }

  private static List<Float> embedding(CreateEmbeddingResponse answer) {
    return answer.data().stream().map(Embedding::embedding).flatMap(List::stream).toList();
  }

  private static <E extends Exception> E refusal(String model, Class<E> type) {
    return catchThrowableOfType(type, () -> CHAT.create(story(model).build()));
  }

  record Order(String customer, String city, int quantity) {}

  record Weather(String city) {}
}
