/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.status.GatewayCounts;
import io.github.llmcamel.examples.gateway.telemetry.Ended;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The model, the client and the timer move at once, each on threads of its own. */
class EventStreamTest {

  private static final int ROUNDS = 2_000;
  private static final int CHUNKS = 20;
  private static final long PATIENCE_SECONDS = 20;

  private final ExecutorService model = Executors.newFixedThreadPool(2);
  private final ExecutorService network = Executors.newFixedThreadPool(2);
  private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    Stream.of(model, network, callbacks, timer).forEach(ExecutorService::shutdownNow);
  }

  @Test
  void everyChunkAndTheEndArriveWhoeverIsFirst() throws InterruptedException {
    String expected =
        IntStream.range(0, CHUNKS)
            .mapToObj("data: {\"chunk\":%d}\n\n"::formatted)
            .collect(Collectors.joining("", "", "data: [DONE]\n\n"));

    for (int round = 0; round < ROUNDS; round++) {
      CountDownLatch ended = new CountDownLatch(1);
      StrictOutput output = new StrictOutput(network, callbacks);
      Outcome outcome = outcome();
      EventStream stream = stream(output, outcome, Duration.ofNanos(20_000), ended);
      try (SubmissionPublisher<String> answer = new SubmissionPublisher<>(model, CHUNKS)) {
        answer.subscribe(stream);
        IntStream.range(0, CHUNKS).mapToObj("{\"chunk\":%d}"::formatted).forEach(answer::submit);
      }

      assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("round %d ends; so far: %s", round, output.text())
          .isTrue();
      assertThat(output.text().replace(": keep-alive\n\n", "")).isEqualTo(expected);
      assertThat(outcome.how()).isEqualTo(Ended.COMPLETED);
      assertThat(outcome.bytes()).isEqualTo(output.text().length());
    }
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new IOException("The client is gone."),
        new IllegalStateException("The request has been recycled."),
        new NullPointerException("a bug of the server"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverTheServerThrowsEndsTheAnswer(Exception failure) throws InterruptedException {
    StrictOutput output = new StrictOutput(network, callbacks);
    output.failWith(failure);
    CountDownLatch requested = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Outcome outcome = outcome();
    EventStream stream = stream(output, outcome, Duration.ofMinutes(1), over);
    stream.onSubscribe(subscription(requested, cancelled));
    assertThat(requested.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    stream.onNext("{}");

    assertThat(over.getCount()).isZero();
    assertThat(cancelled.getCount()).isZero();
    assertThat(outcome.how()).isEqualTo(Ended.CLIENT_GONE);
  }

  private static Flow.Subscription subscription(
      CountDownLatch requested, CountDownLatch cancelled) {
    return new Flow.Subscription() {
      @Override
      public void request(long n) {
        requested.countDown();
      }

      @Override
      public void cancel() {
        cancelled.countDown();
      }
    };
  }

  private static Outcome outcome() {
    return new Outcome(new GatewayCounts(Clock.systemUTC()).arrived());
  }

  private EventStream stream(
      StrictOutput output, Outcome outcome, Duration keepAlive, CountDownLatch ended) {
    return new EventStream(
        output.response(), outcome, Map.of(), true, timer, keepAlive, ended::countDown);
  }
}
