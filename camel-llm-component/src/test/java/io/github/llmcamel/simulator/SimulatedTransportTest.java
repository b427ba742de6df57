/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedTransportTest {

  private static final int STREAM_FRAMES = 1 + 4 + 1 + 1;
  private static final String PACED = ",\"firstTokenMs\":200,\"tokensPerSecond\":10";

  private final ManualScheduler time = new ManualScheduler();
  private final SimulatedTransport transport = new SimulatedTransport(time);
  private final RecordingHandler greedy = RecordingHandler.greedy();
  private final RecordingHandler modest = RecordingHandler.modest();

  @AfterEach
  void nothingIsLeftBehind() {
    transport.close();
    assertThat(time.waiting()).isZero();
    assertThat(greedy.overlaps).hasValue(0);
  }

  @Test
  void deliversAtOnceWhenNobodyWantsAPace() {
    transport.send(Requests.chat("Hi", ""), greedy);
    assertThat(greedy.status).isZero();

    time.run();

    assertThat(greedy.status).isEqualTo(200);
    assertThat(greedy.body()).contains("[simulated] Hi");
    assertThat(greedy.completed).isTrue();
    assertThat(greedy.ends).hasValue(1);
  }

  @Test
  void pacesTheTokensOfAStream() {
    transport.send(stream(PACED), greedy);

    time.advance(Duration.ofMillis(199));
    assertThat(greedy.status).isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(greedy.status).isEqualTo(200);
    assertThat(greedy.buffers).hasSize(2);
    time.advance(Duration.ofMillis(99));
    assertThat(greedy.buffers).hasSize(2);
    time.advance(Duration.ofMillis(1));
    assertThat(greedy.buffers).hasSize(3);
    time.advance(Duration.ofMillis(199));
    assertThat(greedy.buffers).hasSize(4);
    assertThat(greedy.completed).isFalse();
    time.advance(Duration.ofMillis(1));
    assertThat(greedy.buffers).hasSize(STREAM_FRAMES);
    assertThat(greedy.completed).isTrue();
  }

  @Test
  void delaysAWholeAnswerUntilItsLastToken() {
    transport.send(Requests.chat("Hi", PACED), greedy);

    time.advance(Duration.ofMillis(499));
    assertThat(greedy.status).isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(greedy.completed).isTrue();
  }

  @Test
  void deliversOnlyWhatIsRequested() {
    transport.send(stream(""), modest);
    time.run();
    assertThat(modest.status).isEqualTo(200);
    assertThat(modest.buffers).isEmpty();

    modest.subscription().request(2);
    time.run();
    assertThat(modest.buffers).hasSize(2);

    modest.subscription().request(STREAM_FRAMES - 2);
    time.run();
    assertThat(modest.buffers).hasSize(STREAM_FRAMES);
    assertThat(modest.completed).isTrue();
  }

  @Test
  void countsDemandWithoutOverflow() {
    transport.send(stream(""), modest);
    time.run();

    modest.subscription().request(Long.MAX_VALUE);
    modest.subscription().request(Long.MAX_VALUE);
    time.run();

    assertThat(modest.completed).isTrue();
  }

  @Test
  void failsASubscriberThatRequestsNothing() {
    transport.send(stream(""), modest);
    time.run();

    modest.subscription().request(0);
    time.run();

    assertThat(modest.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(modest.ends).hasValue(1);
  }

  @Test
  void cancelEndsAtOnceBeforeTheHead() {
    Cancellable call = transport.send(stream(PACED), greedy);
    time.run();

    call.cancel();
    time.run();

    assertThat(greedy.failures).singleElement().isInstanceOf(CancellationException.class);
    assertThat(greedy.failedBeforeHead).isTrue();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void cancelEndsAtOnceWithoutDemand() {
    Cancellable call = transport.send(stream(""), modest);
    time.run();

    call.cancel();
    call.cancel();
    modest.subscription().request(9);
    time.run();

    assertThat(modest.failures).singleElement().isInstanceOf(CancellationException.class);
    assertThat(modest.failedBeforeHead).isFalse();
    assertThat(modest.buffers).isEmpty();
    assertThat(modest.ends).hasValue(1);
  }

  @Test
  void cancelAfterTheEndDoesNothing() {
    Cancellable call = transport.send(stream(""), greedy);
    time.run();

    call.cancel();
    time.run();

    assertThat(greedy.failures).isEmpty();
    assertThat(greedy.ends).hasValue(1);
  }

  @Test
  void aCancelledSubscriptionHearsNothingMore() {
    transport.send(stream(PACED), greedy);
    time.advance(Duration.ofMillis(200));

    greedy.subscription().cancel();
    time.advance(Duration.ofSeconds(9));

    assertThat(greedy.buffers).hasSize(2);
    assertThat(greedy.ends).hasValue(0);
    assertThat(time.waiting()).isZero();
  }

  @Test
  void closeEndsEveryRunningCall() {
    transport.send(stream(PACED), greedy);
    transport.send(stream(""), modest);
    time.advance(Duration.ofMillis(200));

    transport.close();
    time.run();

    assertThat(greedy.failures).singleElement().isInstanceOf(IOException.class);
    assertThat(modest.failures).singleElement().isInstanceOf(IOException.class);
    assertThat(greedy.failedBeforeHead).isFalse();
    assertThat(time.waiting()).isZero();
  }

  @Test
  void refusesCallsOnceClosed() {
    transport.close();

    transport.send(stream(""), greedy).cancel();

    assertThat(greedy.failures)
        .singleElement()
        .isInstanceOf(IOException.class)
        .extracting(Throwable::getMessage)
        .isEqualTo("The simulator is closed.");
    assertThat(greedy.failedBeforeHead).isTrue();
    assertThat(greedy.ends).hasValue(1);
  }

  @Test
  void refusesACallThatMeetsTheClose() {
    time.meetShutdown();

    transport.send(stream(""), greedy);

    assertThat(greedy.failures)
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo("The simulator is closed.");
    assertThat(greedy.ends).hasValue(1);
  }

  @Test
  void whatAHandlerThrowsEndsItsCall() {
    IllegalStateException thrown = new IllegalStateException("boom");
    transport.send(
        stream(""),
        new ReplyHandler() {
          @Override
          public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
            throw thrown;
          }

          @Override
          public void onFailure(Throwable cause) {
            greedy.onFailure(cause);
            throw new IllegalStateException("again");
          }
        });

    time.run();

    assertThat(greedy.failures).containsExactly(thrown);
    assertThat(greedy.ends).hasValue(1);
  }

  private static HttpCall stream(String members) {
    return Requests.chat("Hi", ",\"stream\":true" + members);
  }
}
