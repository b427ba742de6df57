/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads and endings of exchanges, against a server that does what the test says. */
class LlmCallLifecycleTest extends CamelTestSupport {

  private static final int MANY = 100;
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";
  private static final String TEXT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"par\"}}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&baseUrl=" + server.url() + "/v1&firstByteTimeout=20s";
        from("direct:whole").to(llm).process(LlmCallLifecycleTest::rememberThread);
        from("direct:aggregate").to(llm + "&streamMode=aggregate");
        from("direct:limited").to(llm + "&maxConcurrentRequests=1&maxQueuedRequests=1");
        from("direct:patient").to(llm + "&maxConcurrentRequests=1&queueTimeout=100ms");
        from("direct:slow").to(llm + "&streamMode=aggregate&requestTimeout=300ms");
        from("direct:nested").to(llm).process(LlmCallLifecycleTest::callAgain);
        from("direct:vectors").to(llm + "&operation=embeddings");
        from("direct:inner").to("llm:simulator?model=demo&extra.firstTokenMs=50");
      }
    };
  }

  private static void rememberThread(Exchange exchange) {
    exchange.getMessage().setHeader("thread", Thread.currentThread().getName());
  }

  private static void callAgain(Exchange exchange) {
    String answer =
        exchange
            .getContext()
            .createProducerTemplate()
            .requestBody("direct:inner", "x", String.class);
    exchange.getMessage().setBody(answer);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void theRestOfTheRouteRunsOnTheComponentsPool() {
    CompletableFuture<Exchange> result = send("direct:whole");
    server.accept().reply(200, "application/json", ANSWER);

    assertThat(result.join().getMessage().getHeader("thread", String.class))
        .contains("LlmCompletion");
  }

  @Test
  void callsThatWaitForTheirModelOccupyNoThread() {
    List<CompletableFuture<Exchange>> results = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      results.add(send("direct:whole"));
      peers.add(server.accept());
    }
    assertThat(results).noneMatch(CompletableFuture::isDone);

    assertThat(threads("LlmCompletion")).isZero();
    assertThat(threads("httpclient-dispatch"))
        .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    for (Peer peer : peers) {
      peer.reply(200, "application/json", ANSWER);
    }
    assertThat(results)
        .allSatisfy(r -> assertThat(r.join().getMessage().getBody()).isEqualTo("done"));
  }

  @Test
  void routesThatBlockOnANestedCallDoNotWaitForEachOther() {
    List<CompletableFuture<Exchange>> results = new ArrayList<>();
    List<Peer> outer = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      results.add(send("direct:nested"));
      outer.add(server.accept());
    }
    outer.forEach(peer -> peer.reply(200, "application/json", ANSWER));

    assertThat(results)
        .allSatisfy(r -> assertThat(r.join().getMessage().getBody()).isEqualTo("[simulated] x"));
  }

  @Test
  void stoppingTheContextEndsACallAndClosesItsSocket() {
    context.getShutdownStrategy().setTimeout(1);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    CompletableFuture<Exchange> result = send("direct:aggregate");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);
    awaitFirstEvent();

    context.stop();

    peer.awaitClosed();
    assertThat(result.join().getException()).isInstanceOf(CancellationException.class);
    assertThat(observer.only().signals()).endsWith("cancelled STOPPED");
    await().until(() -> threads("httpclient-dispatch") == 0 && threads("LlmTimer") == 0);
  }

  @Test
  void stoppingTheContextEndsASeriesOfBatches() {
    context.getShutdownStrategy().setTimeout(1);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    CompletableFuture<Exchange> result =
        template.asyncSend(
            "direct:vectors", e -> e.getMessage().setBody(Collections.nCopies(2_049, "a")));
    server
        .accept()
        .reply(
            200,
            "application/json",
            "{\"data\":[%s]}"
                .formatted(String.join(",", Collections.nCopies(2_048, "{\"embedding\":[1]}"))));
    Peer peer = server.accept();
    assertThat(peer.body()).isEqualTo("{\"model\":\"m\",\"input\":[\"a\"]}");

    context.stop();

    peer.awaitClosed();
    assertThat(result.join().getException()).isInstanceOf(CancellationException.class);
    assertThat(observer.recordings().get(0).signals()).endsWith("completed");
    assertThat(observer.recordings().get(1).signals()).endsWith("cancelled STOPPED");
  }

  @Test
  void aStreamThatIsCutFailsTheExchangeWithWhatHadArrived() {
    CompletableFuture<Exchange> result = send("direct:aggregate");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);
    awaitFirstEvent();
    peer.reset();

    Exchange exchange = result.join();
    LlmStreamInterruptedException failure =
        exchange.getException(LlmStreamInterruptedException.class);
    assertThat(failure).isNotNull();
    assertThat(failure.getPartialResponse()).isNotNull();
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    assertThat(observer.only().signals()).endsWith("failed LlmStreamInterruptedException");
  }

  @Test
  void callsBeyondTheLimitWaitForTheirTurnAndOneTooManyIsRefused() {
    CompletableFuture<Exchange> first = send("direct:limited");
    Peer peer = server.accept();
    CompletableFuture<Exchange> second = send("direct:limited");
    await().until(() -> observer.recordings().size() == 2);

    LlmRateLimitException refused =
        send("direct:limited").join().getException(LlmRateLimitException.class);
    assertThat(refused)
        .hasMessageContaining(
            "as many calls run (maxConcurrentRequests=1) and wait (maxQueuedRequests=1) as may");
    assertThat(refused.isRetryable()).isTrue();
    assertThat(refused.getErrorType()).isEqualTo("java.util.concurrent.RejectedExecutionException");
    assertThat(observer.recordings().get(1).signals()).containsExactly("start");
    // Closed, so that the next call surely comes over a connection of its own.
    peer.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + ANSWER);
    peer.close();
    assertThat(first.join().getMessage().getBody()).isEqualTo("done");
    server.accept().reply(200, "application/json", ANSWER);
    assertThat(second.join().getMessage().getBody()).isEqualTo("done");
  }

  @Test
  void waitingForATurnHasALimitOfItsOwn() {
    CompletableFuture<Exchange> running = send("direct:patient");
    Peer peer = server.accept();

    LlmTimeoutException late =
        send("direct:patient").join().getException(LlmTimeoutException.class);

    assertThat(late).hasMessageContaining("no place for another call within 100 ms (queueTimeout)");
    peer.reply(200, "application/json", ANSWER);
    assertThat(running.join().getMessage().getBody()).isEqualTo("done");
  }

  @Test
  void aCallThatTakesTooLongFailsAndClosesItsSocket() {
    CompletableFuture<Exchange> result = send("direct:slow");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);

    peer.awaitClosed();
    LlmTimeoutException failure = result.join().getException(LlmTimeoutException.class);
    assertThat(failure).hasMessageContaining("within 300 ms (requestTimeout)");
    assertThat(observer.only().signals()).endsWith("failed LlmTimeoutException");
  }

  private void awaitFirstEvent() {
    await().until(() -> observer.recordings().stream().anyMatch(r -> !r.events().isEmpty()));
  }

  private CompletableFuture<Exchange> send(String endpoint) {
    return template.asyncSend(endpoint, exchange -> exchange.getMessage().setBody("x"));
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(name))
        .count();
  }
}
