/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.ModelInfo;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.ManualClock;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.RecordingObserver.Recording;
import io.github.llmcamel.transport.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that follow one another: batches of texts, pages of a list. */
class CallSeriesTest {

  private static final int BATCH = 2_048;

  private final ManualClock clock = new ManualClock();
  private final FakeTransport transport = new FakeTransport();
  private final RecordingObserver observer = new RecordingObserver();
  private final List<Ending> endings = new ArrayList<>();
  private final ModelClient client =
      new ModelClient(settings -> transport, new FakeTransport(), new Clockwork(clock, clock));

  @AfterEach
  void endsOnceAndLeavesNothingBehind() {
    assertThat(endings).hasSize(1);
    assertThat(clock.pending()).as("timers left").isZero();
    assertThat(observer.recordings())
        .allSatisfy(
            call ->
                assertThat(call.signals())
                    .noneMatch(s -> s.contains("OVERLAP") || s.contains("AFTER THE END")));
  }

  @Test
  void asManyTextsAsFitAreOneCall() {
    start(embeddings(BATCH));
    answerVectors(0, BATCH, 5);

    assertThat(vectors().vectors()).hasSize(BATCH);
    assertThat(observer.only().signals())
        .containsExactly("start", "headers", "sent", "head 200", "completed");
  }

  @Test
  void moreAreSentInBatchesOneAfterTheOtherAndKeepTheirOrder() {
    start(embeddings(2 * BATCH + 1));
    assertThat(observer.recordings()).as("the second waits for the first").hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    answerVectors(0, BATCH, 5);
    clock.advance(Duration.ofSeconds(2));
    answerVectors(BATCH, BATCH, 6);
    assertThat(transport.requestBody()).endsWith("\"input\":[\"t4096\"]}");
    answerVectors(2 * BATCH, 1, 7);

    assertThat(vectors().vectors().stream().map(vector -> (int) vector[0]))
        .isEqualTo(IntStream.range(0, 2 * BATCH + 1).boxed().toList());
    assertThat(vectors().model()).isEqualTo("m-1");
    assertThat(vectors().usage().inputTokens()).isEqualTo(18);
    assertThat(endings.get(0).timing().duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(observer.recordings())
        .extracting(Recording::signals)
        .allSatisfy(signals -> assertThat(signals).endsWith("completed"));
    assertThat(observer.recordings())
        .extracting(call -> ((EmbeddingsRequest) call.call().request()).inputs().size())
        .containsExactly(BATCH, BATCH, 1);
  }

  @Test
  void aCountThatOneBatchDoesNotKnowIsUnknown() {
    start(embeddings(BATCH + 1));
    answerVectors(0, BATCH, 5);
    answer("{\"data\":[{\"embedding\":[1]}]}");

    assertThat(vectors().usage().inputTokens()).isNull();
  }

  @Test
  void theFirstFailureIsTheLastCall() {
    start(embeddings(3 * BATCH));
    answerVectors(0, BATCH, 5);
    transport.head(429, Map.of());
    transport.end();

    assertThat(endings.get(0)).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) endings.get(0)).failure())
        .isInstanceOf(LlmRateLimitException.class);
    assertThat(observer.recordings()).hasSize(2);
    assertThat(observer.recordings().get(1).signals()).endsWith("failed LlmRateLimitException");
  }

  @Test
  void theNextBatchFindsThePlaceOfTheOneBeforeItFree() {
    start(embeddings(2 * BATCH), groq(), new CallLimits(timeouts(), 1, 0, 1_000_000));
    answerVectors(0, BATCH, 5);
    answerVectors(BATCH, BATCH, 5);

    assertThat(vectors().vectors()).hasSize(2 * BATCH);
  }

  @Test
  void stoppingEndsTheSeries() {
    start(embeddings(2 * BATCH));
    answerVectors(0, BATCH, 5);
    client.close();

    assertThat(endings.get(0))
        .isInstanceOfSatisfying(
            Ending.Cancelled.class,
            cancelled -> assertThat(cancelled.reason()).isEqualTo(Cancellation.STOPPED));
    assertThat(observer.recordings().get(1).signals()).endsWith("cancelled STOPPED");
  }

  @Test
  void aProviderMayTakeFewerAtOnceThanItsProtocolAllows() {
    start(
        embeddings(97),
        destination("cohere_compat", "https://api.cohere.ai/compatibility/v1"),
        new CallLimits(timeouts(), 0, 0, 1_000_000));
    answerVectors(0, 96, 5);
    answerVectors(96, 1, 5);

    assertThat(vectors().vectors()).hasSize(97);
  }

  @Test
  void noTextsAreNoCall() {
    start(embeddings(0));

    assertThat(vectors().vectors()).isEmpty();
    assertThat(transport.call).isNull();
    assertThat(observer.recordings()).isEmpty();
  }

  @Test
  void pagesAreReadToTheLastAndNobodyFollowsThem() {
    listModels();
    assertThat(transport.call().uri()).hasToString("https://api.anthropic.com/v1/models");
    answer("{\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}");
    assertThat(transport.call().uri())
        .hasToString("https://api.anthropic.com/v1/models?after_id=a");
    answer("{\"data\":[{\"id\":\"b\"}],\"has_more\":false,\"last_id\":\"b\"}");

    ModelsResponse response = (ModelsResponse) completed().response();
    assertThat(response.models()).extracting(ModelInfo::id).containsExactly("a", "b");
    assertThat(observer.recordings()).isEmpty();
  }

  @Test
  void aListWithoutEndIsGivenUp() {
    listModels();
    for (int page = 0; page < 100; page++) {
      answer("{\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}");
    }

    assertThat(((Ending.Failed) endings.get(0)).failure())
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("does not end within 100 pages");
  }

  private void start(ModelRequest request) {
    start(request, groq(), new CallLimits(timeouts(), 0, 0, 1_000_000));
  }

  private void listModels() {
    start(
        new ModelsRequest(null),
        destination("anthropic", "https://api.anthropic.com"),
        new CallLimits(timeouts(), 0, 0, 1_000_000));
  }

  private void start(ModelRequest request, Destination destination, CallLimits limits) {
    client.call(
        new ModelCall(request, Delivery.WHOLE, destination, limits, HttpSettings.DEFAULT),
        observer,
        endings::add);
  }

  private static Destination groq() {
    return destination("groq", "https://api.groq.com/openai/v1");
  }

  private static Destination destination(String name, String baseUrl) {
    Provider provider = Providers.find(name).orElseThrow();
    return new Destination(provider, URI.create(baseUrl), null, Map.of());
  }

  private static Timeouts timeouts() {
    return new Timeouts(
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  private static EmbeddingsRequest embeddings(int texts) {
    return new EmbeddingsRequest(
        "m", IntStream.range(0, texts).mapToObj(i -> "t" + i).toList(), null, null, Map.of());
  }

  private void answerVectors(int first, int count, int tokens) {
    answer(
        "{\"model\":\"m-1\",\"usage\":{\"prompt_tokens\":%d},\"data\":[%s]}"
            .formatted(
                tokens,
                IntStream.range(0, count)
                    .mapToObj(i -> "{\"index\":%d,\"embedding\":[%d]}".formatted(i, first + i))
                    .collect(Collectors.joining(","))));
  }

  private void answer(String json) {
    transport.head(200, Map.of("content-type", List.of("application/json")));
    transport.slice(json);
    transport.end();
  }

  private Ending.Completed completed() {
    assertThat(endings).hasSize(1);
    return (Ending.Completed) Objects.requireNonNull(endings.get(0));
  }

  private EmbeddingsResponse vectors() {
    return (EmbeddingsResponse) completed().response();
  }
}
