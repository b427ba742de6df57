/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers that are slower than the server: it has to wait, and no time limit runs out. */
class LlmSlowConsumerTest extends CamelTestSupport {

  private static final int PIECE_BYTES = 10_000;

  /** 40 MB in all, less than {@code maxResponseBytes}. */
  private static final int PIECES = 4_000;

  /** What the two sockets may hold, and the 64 events in front of the subscriber. */
  private static final int MOST_HELD_BYTES = 16 * 1024 * 1024;

  private static final Duration STANDSTILL = Duration.ofMillis(500);
  private static final String FINISH =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();
  private final Reader reader = new Reader();
  private final AtomicInteger sent = new AtomicInteger();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&streamMode=live&baseUrl=" + server.url() + "/v1";
        // Shorter than the standstill.
        from("direct:idle").to(llm + "&idleTimeout=300ms").process(e -> subscribe(e));
        from("direct:slow").to(llm + "&consumerTimeout=1s").process(e -> subscribe(e));
      }
    };
  }

  private void subscribe(Exchange exchange) {
    LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class);
    Objects.requireNonNull(stream).asPublisher().subscribe(reader);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void theServerWaitsUntilTheSubscriberRequestsSomething() {
    CompletableFuture<Void> flood = flood("direct:idle");

    awaitStandstill();
    assertThat(sent.get() * PIECE_BYTES).isLessThan(MOST_HELD_BYTES);
    assertThat(reader.received).hasValue(0);

    int some = 2 * sent.get();
    reader.request(some);
    await().until(() -> reader.received.get() == some);
    awaitStandstill();
    assertThat((sent.get() - some) * PIECE_BYTES).isLessThan(MOST_HELD_BYTES);
    assertThat(flood).isNotDone();

    reader.request(Long.MAX_VALUE);
    await().until(reader.end::isDone);
    assertThat(reader.end).isCompleted();
    assertThat(reader.pieces).hasValue(PIECES);
    assertThat(observer.only().signals()).endsWith("completed");
  }

  @Test
  void aSubscriberThatTakesOneNowAndThenIsNotTakenForGone() {
    CompletableFuture<Void> flood = flood("direct:slow");

    // Longer than consumerTimeout in all, and never as long at once.
    await()
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              reader.request(1);
              return reader.received.get() >= 30;
            });
    assertThat(flood).isNotDone();
    reader.request(Long.MAX_VALUE);
    await().until(reader.end::isDone);
    assertThat(reader.end).isCompleted();
  }

  /** Sends as fast as the socket takes it. */
  private CompletableFuture<Void> flood(String route) {
    CompletableFuture<Object> routed = template.asyncSendBody(route, "x");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    String piece =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n"
            .formatted("x".repeat(PIECE_BYTES));
    CompletableFuture<Void> flooded =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < PIECES; i++) {
                peer.sendChunk(piece);
                sent.incrementAndGet();
              }
              peer.sendToTheEnd(FINISH);
            });
    return CompletableFuture.allOf(routed, flooded);
  }

  /** Waits until the socket has taken nothing for a while. */
  private void awaitStandstill() {
    AtomicInteger before = new AtomicInteger();
    await()
        .during(STANDSTILL)
        .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
  }

  private static final class Reader implements Flow.Subscriber<ChatEvent> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger pieces = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private void request(long n) {
      subscription.join().request(n);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription.complete(begun);
    }

    @Override
    public void onNext(ChatEvent event) {
      received.incrementAndGet();
      if (event.isContent()) {
        pieces.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
