/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many live streams at once as a server has sockets for; the benchmark ManyStreams has more. */
class LlmLoadTest extends CamelTestSupport {

  private static final int STREAMS = 1_000;
  private static final List<String> PIECES = List.of("one", "two", "three");

  /** When many first events come at once, the pool behind them grows for a moment. */
  private static final int MOST_THREADS = STREAMS / 10;

  private static final String FINISH =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final ConcurrentLinkedQueue<Reader> readers = new ConcurrentLinkedQueue<>();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:live")
            .to("llm:vllm?model=m&streamMode=live&baseUrl=" + server.url() + "/v1")
            .process(
                e -> {
                  LlmStream<?> stream = e.getMessage().getBody(LlmStream.class);
                  Reader reader = new Reader();
                  readers.add(reader);
                  Objects.requireNonNull(stream).asPublisher().subscribe(reader);
                });
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aThousandStreamsAtOnceNeedFewThreadsAndEndOnceEach() {
    List<CompletableFuture<Object>> results = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      results.add(template.asyncSendBody("direct:live", "x"));
      Peer peer = server.accept();
      peer.sendHead(200, "text/event-stream");
      peers.add(peer);
    }
    for (String piece : PIECES) {
      peers.forEach(peer -> peer.sendChunk(text(piece)));
      await()
          .until(() -> readers.stream().filter(r -> r.pieces.contains(piece)).count() == STREAMS);
    }
    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(readers).noneMatch(reader -> reader.ends.get() > 0);
    assertThat(threads()).isLessThan(MOST_THREADS);

    peers.forEach(peer -> peer.sendToTheEnd(FINISH));

    peers.forEach(Peer::awaitClosed);
    await().until(() -> readers.stream().allMatch(reader -> reader.ends.get() > 0));
    assertThat(readers)
        .allSatisfy(
            reader -> {
              assertThat(reader.pieces).containsExactlyElementsOf(PIECES);
              assertThat(reader.ends).hasValue(1);
              assertThat(reader.failures).isEmpty();
            });
  }

  private static String text(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(text);
  }

  /** How many threads there are of this context and of HTTP clients. */
  private long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(
            name -> name.startsWith("httpclient") || name.contains("(" + context.getName() + ")"))
        .count();
  }

  private static final class Reader implements Flow.Subscriber<ChatEvent> {
    private final ConcurrentLinkedQueue<String> pieces = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ends = new AtomicInteger();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatEvent event) {
      if (event instanceof ChatEvent.TextDelta delta) {
        pieces.add(delta.text());
      }
    }

    @Override
    public void onError(Throwable failure) {
      failures.add(failure);
      ends.incrementAndGet();
    }

    @Override
    public void onComplete() {
      ends.incrementAndGet();
    }
  }
}
