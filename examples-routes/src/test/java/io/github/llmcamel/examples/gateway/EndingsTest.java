/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How answers go out and how they end, between a scripted model and a raw client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingsTest {

  /** Of a test: a second is the shortest keep-alive. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final String ERROR = "{\"error\":{\"message\":\"Broken.\",\"code\":500}}";
  private static final int MEBIBYTE = 1 << 20;

  private final ScriptedModel model = new ScriptedModel();
  private final ScriptedModel fallback = new ScriptedModel();
  private RunningGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            folder,
            "gateway.models[m]=%s,%s".formatted(model.target(), fallback.target()),
            "gateway.keep-alive=1s",
            "gateway.client-idle-timeout=%dms".formatted(IDLE.toMillis()));
  }

  @AfterAll
  void stop() {
    model.close();
    fallback.close();
    gateway.close();
  }

  @Test
  void aClientThatLeavesAtTheEndHasGotItAll() throws Exception {
    long gone = gateway.count("clientsGone");
    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 30; i++) {
        String id = "complete-" + i + ".";
        try (ChatClient client = gateway.connect().streamedChat("x-request-id: " + id)) {
          model.next().begin().say("one").finish();
          client.begun();
          client.eventWith("[DONE]");
        }
        awaitLine(log, id, "ended=completed");
      }
    }
    assertThat(gateway.count("clientsGone")).isEqualTo(gone);
  }

  @Test
  void eachTokenLeavesWhenItArrives() throws Exception {
    try (ChatClient client = gateway.connect().streamedChat("Accept-Encoding: gzip")) {
      ScriptedModel.Answer answer = model.next().begin().say("one");
      RawReply begun = client.begun();
      assertThat(begun.status()).isEqualTo(200);
      assertThat(begun.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
      assertThat(begun.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(begun.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(begun.header("Content-Encoding")).isNull();
      client.eventWith("\"one\"");
      for (String word : new String[] {"two", "three", "four"}) {
        answer.say(word);
        assertThat(client.event()).contains('"' + word + '"');
      }
      answer.finish();
      client.eventWith("\"stop\"");
      assertThat(client.event()).isEqualTo("data: [DONE]");
      assertThat(client.event()).isNull();
    }
  }

  @Test
  void theStatusWaitsForTheFirstEventAndCommentsFollowIt() throws Exception {
    try (ChatClient client = gateway.connect().streamedChat()) {
      ScriptedModel.Answer answer = model.next().begin();
      assertThat(client.hearsNothingFor(IDLE.multipliedBy(5).dividedBy(2))).isTrue();
      answer.say("late");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"late\"");
      for (int i = 0; i < 3; i++) {
        assertThat(client.event()).isEqualTo(": keep-alive");
      }
      answer.finish();
      client.eventWith("[DONE]");
      assertThat(client.event()).isNull();
    }
  }

  @Test
  void aWholeAnswerMayTakeLongerThanAClientMayBeIdle() throws Exception {
    try (ChatClient client = gateway.connect().chat()) {
      ScriptedModel.Answer answer = model.next();
      assertThat(client.hearsNothingFor(IDLE.multipliedBy(5).dividedBy(2))).isTrue();
      answer.whole("late");
      assertThat(client.reply().body()).contains("\"late\"");
    }
  }

  /** What a client may wait for. */
  enum Moment {
    TOKENS,
    NEXT_TOKEN,
    FIRST_EVENT,
    WHOLE_ANSWER,
    EMBEDDINGS
  }

  enum Goodbye {
    CLOSE,
    RESET
  }

  static Stream<Arguments> departures() {
    return Stream.of(Moment.values())
        .flatMap(m -> Stream.of(Goodbye.values()).map(g -> Arguments.of(m, g)));
  }

  @ParameterizedTest
  @MethodSource("departures")
  void aClientThatLeavesEndsTheCallToTheModel(Moment moment, Goodbye goodbye) throws Exception {
    long gone = gateway.count("clientsGone");
    String id = "departure-%s-%s".formatted(moment, goodbye);
    try (CapturedLog log = new CapturedLog()) {
      ChatClient client = gateway.connect();
      CompletableFuture<Void> hungUp = waitFor(moment, client, "x-request-id: " + id);
      long left = System.nanoTime();
      leave(client, goodbye);
      hungUp.get(ChatClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - left);
      assertThat(took).isLessThan(Duration.ofSeconds(2));

      awaitLine(log, id, "ended=client_gone");
      gateway.awaitIdle();
      assertThat(gateway.count("clientsGone")).isEqualTo(gone + 1);
      assertThat(fallback.isUnvisited()).isTrue();
      assertThat(model.isUnvisited()).isTrue();
    }
  }

  /** Lets the client ask and come to that moment; completes when the model has lost its reader. */
  private CompletableFuture<Void> waitFor(Moment moment, ChatClient client, String header)
      throws IOException {
    switch (moment) {
      case WHOLE_ANSWER -> client.chat(header);
      case EMBEDDINGS -> client.embeddings(header);
      default -> client.streamedChat(header);
    }
    ScriptedModel.Answer answer = model.next();
    switch (moment) {
      case WHOLE_ANSWER, EMBEDDINGS -> {}
      case FIRST_EVENT -> answer.begin();
      case NEXT_TOKEN, TOKENS -> {
        answer.begin().say("word");
        assertThat(client.begun().status()).isEqualTo(200);
        client.eventWith("\"word\"");
      }
    }
    if (moment != Moment.TOKENS) {
      return CompletableFuture.runAsync(answer::awaitClosed);
    }
    CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> answer.sayOn("more"));
    client.eventWith("\"more\"");
    return talking;
  }

  private static void leave(ChatClient client, Goodbye goodbye) throws IOException {
    if (goodbye == Goodbye.RESET) {
      client.reset();
    } else {
      client.close();
    }
  }

  @Test
  void aClientThatTakesNothingSlowsTheModelDownAndIsCut() throws Exception {
    long cut = gateway.count("slowClientsCut");
    try (CapturedLog log = new CapturedLog();
        ChatClient client = gateway.connect().streamedChat("x-request-id: slow")) {
      ScriptedModel.Answer answer = model.next().begin();
      long taken = answer.sayOn("word ".repeat(2000));
      assertThat(taken).isLessThan(32L * MEBIBYTE);

      awaitLine(log, "slow", "ended=slow_client");
      gateway.awaitIdle();
      assertThat(gateway.count("slowClientsCut")).isEqualTo(cut + 1);
      assertThat(fallback.isUnvisited()).isTrue();
      client.awaitCut();
    }
  }

  @Test
  void modelsThatFailFirstAreToldByTheStatus() throws Exception {
    try (ChatClient client = gateway.connect().streamedChat()) {
      model.next().begin().event(ERROR);
      fallback.next().refuse(503, ERROR);
      RawReply reply = client.reply();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.header("x-llm-attempts")).isEqualTo("2");
      assertThat(reply.body()).contains("{\"error\":{\"message\":");
    }
  }

  /** How a model may fail in the middle of its answer. */
  enum Failure {
    ERROR_EVENT,
    RESET,
    CLOSED
  }

  @ParameterizedTest
  @EnumSource
  void aModelThatFailsLaterIsToldByAnEventBeforeTheEnd(Failure failure) throws Exception {
    String id = "failure-" + failure;
    try (CapturedLog log = new CapturedLog();
        ChatClient client = gateway.connect().streamedChat("x-request-id: " + id)) {
      ScriptedModel.Answer answer = model.next().begin().say("word");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"word\"");
      switch (failure) {
        case ERROR_EVENT -> answer.event(ERROR);
        case RESET -> answer.breakOff();
        case CLOSED -> answer.peer().close();
      }
      assertThat(client.event()).startsWith("event: error\ndata: {\"error\":{\"message\":");
      assertThat(client.event()).isNull();
      assertThat(fallback.isUnvisited()).isTrue();
      awaitLine(log, id, "status=200 ");
      awaitLine(log, id, "ended=failed");
    }
    gateway.awaitIdle();
  }

  private static void awaitLine(CapturedLog log, String id, String part) {
    await().atMost(ChatClient.PATIENCE).until(() -> !log.linesWith("request_id=" + id).isEmpty());
    assertThat(log.linesWith("request_id=" + id)).singleElement().asString().contains(part);
  }
}
