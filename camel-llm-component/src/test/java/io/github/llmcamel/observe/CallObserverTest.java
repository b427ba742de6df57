/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.RecordingObserver;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class CallObserverTest {

  private static final Call CALL =
      new Call(
          Providers.find("vllm").orElseThrow(),
          ChatRequest.of("hi"),
          Delivery.STREAMED,
          "localhost",
          8000);

  private static final URI URL = URI.create("http://localhost:8000/v1");

  private final RecordingObserver recording = new RecordingObserver();

  @Test
  void nobodyToTellCostsNothing() {
    assertThat(CallObserver.safe(List.of())).isSameAs(CallObserver.NONE);
    assertThat(CallObserver.NONE.start(CALL)).isSameAs(CallObservation.NONE);
  }

  @Test
  void anObserverThatCannotStartLeavesTheOthersAlone() {
    CallObserver broken =
        call -> {
          throw new IllegalStateException("broken");
        };

    CallObservation observation = CallObserver.safe(List.of(broken, recording)).start(CALL);
    observation.sent();

    assertThat(recording.only().signals()).containsExactly("start", "sent");
    assertThat(CallObserver.safe(List.of(broken)).start(CALL)).isSameAs(CallObservation.NONE);
  }

  @Test
  void anObservationThatThrowsAtEverySignalLeavesTheOthersAlone() {
    CallObservation observation =
        CallObserver.safe(List.of(call -> new Throwing(), recording, call -> new Throwing()))
            .start(CALL);
    Map<String, String> headers = new HashMap<>();

    observation.headers(headers::put);
    observation.sent();
    observation.head(200);
    observation.event(new ChatEvent.TextDelta(0, "a"));
    observation.completed(ChatResponse.builder().build());

    assertThat(recording.only().signals())
        .containsExactly("start", "headers", "sent", "head 200", "event TextDelta", "completed");
    assertThat(headers).as("what was set before it threw stays").containsEntry("traceparent", "x");
  }

  @Test
  void aRequestIsSentOnceWithinAllObservationsWhateverTheyDo() {
    List<String> order = new ArrayList<>();

    CallObserver.safe(
            List.of(
                call -> new Sending(order, "throws before", 0),
                call -> new Sending(order, "well-behaved", 1),
                call -> new Sending(order, "throws after", 2)))
        .start(CALL)
        .send("POST", URL, () -> order.add("sent"));

    assertThat(order)
        .containsExactly(
            "throws before in",
            "well-behaved in",
            "throws after in",
            "sent",
            "throws after out",
            "well-behaved out");
  }

  @Test
  void whatTheSendingThrowsIsTheCallsAndNoObservationSeesIt() {
    List<String> order = new ArrayList<>();
    CallObservation observation =
        CallObserver.safe(
                List.of(call -> new Sending(order, "a", 1), call -> new Sending(order, "b", 2)))
            .start(CALL);

    for (Throwable thrown : List.of(new IllegalStateException("x"), new LinkageError("x"))) {
      order.clear();
      assertThatThrownBy(() -> observation.send("POST", URL, () -> rethrow(thrown)))
          .isSameAs(thrown);
      assertThat(order).containsExactly("a in", "b in", "b out", "a out");
    }
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void everyEndingIsPassedOn() {
    CallObserver safe = CallObserver.safe(List.of(call -> new Throwing(), recording));
    safe.start(CALL)
        .failed(new LlmServerException("m", Failure.withoutReply("vllm", URL, true), null));
    safe.start(CALL).cancelled(Cancellation.CLOSED_BY_CONSUMER, ChatResponse.builder().build());

    assertThat(recording.recordings().get(0).signals()).endsWith("failed LlmServerException");
    assertThat(recording.recordings().get(1).signals()).endsWith("cancelled CLOSED_BY_CONSUMER");
  }

  /**
   * Hands over so many times; not exactly once, it throws.
   *
   * @param order hears when it begins and when it is done
   */
  private record Sending(List<String> order, String name, int times) implements CallObservation {
    @Override
    public void send(String method, URI url, Runnable handOver) {
      order.add(name + " in");
      for (int i = 0; i < times; i++) {
        handOver.run();
      }
      if (times > 0) {
        order.add(name + " out");
      }
      if (times != 1) {
        throw new IllegalStateException(name);
      }
    }
  }

  private static final class Throwing implements CallObservation {
    @Override
    public void headers(BiConsumer<String, String> setter) {
      setter.accept("traceparent", "x");
      throw new IllegalStateException("headers");
    }

    @Override
    public void sent() {
      throw new AssertionError("sent");
    }

    @Override
    public void head(int status) {
      throw new IllegalStateException("head");
    }

    @Override
    public void event(ChatEvent event) {
      throw new IllegalStateException("event");
    }

    @Override
    public void completed(ModelResponse response) {
      throw new IllegalStateException("completed");
    }

    @Override
    public void failed(LlmException failure) {
      throw new IllegalStateException("failed");
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      throw new IllegalStateException("cancelled");
    }
  }
}
