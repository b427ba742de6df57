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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many calls at once on one caller's thread and two threads of the pool: nothing may park one. */
class LlmThreadsTest extends CamelTestSupport {

  private static final int MANY = 200;
  private static final int POOL = 2;
  private static final String FINISH =
      "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final AtomicInteger pieces = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created
        .getExecutorServiceManager()
        .setThreadPoolFactory(
            new DefaultThreadPoolFactory() {
              @Override
              public ExecutorService newCachedThreadPool(ThreadFactory threads) {
                return Executors.newFixedThreadPool(POOL, threads);
              }
            });
    return created;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&baseUrl=" + server.url() + "/v1";
        from("direct:live")
            .to(llm + "&streamMode=live")
            .process(e -> stream(e).asPublisher().subscribe(new Counter()));
        from("direct:aggregate").to(llm + "&streamMode=aggregate").process(e -> count());
      }
    };
  }

  private static LlmStream<?> stream(Exchange exchange) {
    return Objects.requireNonNull(exchange.getMessage().getBody(LlmStream.class));
  }

  private void count() {
    pieces.addAndGet(2);
    ends.incrementAndGet();
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:live", "direct:aggregate"})
  void manyHeldStreamsGoOnTogether(String route) {
    List<CompletableFuture<Exchange>> results = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      results.add(template.asyncSend(route, e -> e.getMessage().setBody("x")));
      Peer peer = server.accept();
      peer.sendHead(200, "text/event-stream");
      peer.sendChunk(text("a"));
      peers.add(peer);
    }
    boolean live = route.contains("live");
    await().until(() -> pieces.get() == (live ? MANY : 0));
    assertThat(results).allMatch(result -> !live || result.join().getException() == null);
    assertThat(threads("LlmCompletion")).isEqualTo(live ? POOL : 0);
    assertThat(threads("LlmPublisher"))
        .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());

    for (Peer peer : peers) {
      peer.sendChunk(text("b"));
    }
    await().until(() -> pieces.get() == (live ? 2 * MANY : 0));
    for (Peer peer : peers) {
      peer.sendToTheEnd(FINISH);
    }

    await().until(() -> ends.get() == MANY);
    assertThat(pieces).hasValue(2 * MANY);
    assertThat(results).allSatisfy(r -> assertThat(r.join().getException()).isNull());
  }

  private static String text(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n".formatted(text);
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(name))
        .count();
  }

  private final class Counter implements Flow.Subscriber<ChatEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatEvent event) {
      if (event.isContent()) {
        pieces.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {
      ends.incrementAndGet();
    }
  }
}
