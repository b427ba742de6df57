/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.transport.Transport.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SimulatedTransportRaceTest {

  private static final int CALLS = 200;
  private static final String MEMBERS = ",\"stream\":true,\"tokensPerSecond\":20000";

  private final SimulatedTransport transport = new SimulatedTransport();
  private final ExecutorService others = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    transport.close();
    others.shutdownNow();
  }

  @RepeatedTest(5)
  void endsOnceHoweverCancelAndCompletionMeet() {
    List<RecordingHandler> handlers = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      RecordingHandler handler = RecordingHandler.greedy();
      handlers.add(handler);
      Cancellable running = transport.send(Requests.chat("Hi " + call, MEMBERS), handler);
      others.execute(running::cancel);
    }
    assertEveryCallEndsOnce(handlers);
  }

  @RepeatedTest(5)
  void endsOnceHoweverSendAndCloseMeet() {
    List<RecordingHandler> handlers = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      handlers.add(RecordingHandler.greedy());
    }
    for (List<RecordingHandler> half :
        List.of(handlers.subList(0, CALLS / 2), handlers.subList(CALLS / 2, CALLS))) {
      others.execute(
          () ->
              half.forEach(
                  handler -> {
                    transport.send(Requests.chat("Hi", MEMBERS), handler);
                  }));
    }
    others.execute(transport::close);

    assertEveryCallEndsOnce(handlers);
  }

  @Test
  void keepsOrderWhenDemandComesFromManyThreads() {
    RecordingHandler handler = RecordingHandler.modest();
    String text = "word ".repeat(39) + "end.";
    transport.send(Requests.chat(text, ",\"stream\":true"), handler);
    await().until(() -> handler.subscribed);

    for (int times = 0; times < 100; times++) {
      others.execute(() -> handler.subscription().request(1));
    }

    assertEveryCallEndsOnce(List.of(handler));
    StringBuilder said = new StringBuilder();
    handler.buffers.forEach(
        buffer -> said.append(buffer.replaceFirst("(?s).*\"content\":\"(.*?)\".*|.*", "$1")));
    assertThat(said).hasToString("[simulated] " + text);
  }

  @Test
  void runsOnADaemonThreadThatEndsWithTheTransport() {
    RecordingHandler handler = RecordingHandler.greedy();
    transport.send(Requests.chat("Hi", ",\"firstTokenMs\":3600000"), handler);
    await().until(() -> !timers().isEmpty());
    assertThat(timers()).allMatch(Thread::isDaemon);

    transport.close();

    assertThat(handler.ends).hasValue(1);
    await().until(() -> timers().isEmpty());
  }

  private static void assertEveryCallEndsOnce(List<RecordingHandler> handlers) {
    await().until(() -> handlers.stream().allMatch(handler -> handler.ends.get() > 0));
    assertThat(handlers)
        .allSatisfy(
            handler -> {
              assertThat(handler.ends).hasValue(1);
              assertThat(handler.overlaps).hasValue(0);
            });
  }

  private static List<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("llm-simulator"))
        .toList();
  }
}
