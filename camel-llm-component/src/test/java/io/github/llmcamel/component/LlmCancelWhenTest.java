/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller that goes away ends its calls: the server sees its sockets closed. */
class LlmCancelWhenTest extends CamelTestSupport {

  private static final String JSON = "application/json";
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";
  private static final String TEXT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"par\"}}]}\n\n";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();
  private final CompletableFuture<String> gone = new CompletableFuture<>();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&baseUrl=" + server.url() + "/v1";
        from("direct:whole").to(llm);
        from("direct:aggregate").to(llm + "&streamMode=aggregate");
        from("direct:live").to(llm + "&streamMode=live");
        from("direct:limited").to(llm + "&maxConcurrentRequests=1");
        from("direct:embeddings").to(llm + "&operation=embeddings");
        from("direct:models").to(llm + "&operation=models");
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "aggregate", "live", "embeddings", "models"})
  void endsACallThatHasNoAnswerYet(String route) {
    CompletableFuture<Exchange> result = send(route, "x");
    Peer peer = server.accept();

    gone.complete("gone");

    peer.awaitClosed();
    assertThat(result.join().getException())
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("before the model had answered");
    assertThat(observer.recordings())
        .allSatisfy(call -> assertThat(call.signals()).endsWith("cancelled CLOSED_BY_CONSUMER"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "aggregate", "live", "embeddings", "models"})
  void sendsNothingOnceItHasComeAlready(String route) {
    gone.completeExceptionally(new IllegalStateException("gone"));

    assertThat(send(route, "x").join().getException()).isInstanceOf(CancellationException.class);

    assertThat(server.isUnvisited()).isTrue();
  }

  @Test
  void endsAnAnswerInItsMiddle() {
    CompletableFuture<Exchange> result = send("aggregate", "x");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);
    await().until(() -> observer.recordings().stream().anyMatch(r -> !r.events().isEmpty()));

    gone.complete("gone");

    peer.awaitClosed();
    assertThat(result.join().getException()).isInstanceOf(CancellationException.class);
    assertThat(observer.only().signals()).endsWith("cancelled CLOSED_BY_CONSUMER");
  }

  @Test
  void endsALiveAnswerThatIsBeingRead() {
    CompletableFuture<Exchange> result = send("live", "x");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);
    LlmStream<?> stream = result.join().getMessage().getBody(LlmStream.class);
    assertThat(stream.next()).isEqualTo("par");

    gone.complete("gone");

    peer.awaitClosed();
    assertThatThrownBy(stream::hasNext).isInstanceOf(CancellationException.class);
    stream.close();
  }

  @Test
  void endsACallThatWaitsForItsTurn() {
    CompletableFuture<Exchange> running =
        template.asyncSend("direct:limited", exchange -> exchange.getMessage().setBody("x"));
    Peer peer = server.accept();
    CompletableFuture<Exchange> waiting = send("limited", "x");
    await().until(() -> observer.recordings().size() == 2);

    gone.complete("gone");

    assertThat(waiting.join().getException()).isInstanceOf(CancellationException.class);
    peer.reply(200, JSON, ANSWER);
    assertThat(running.join().getMessage().getBody()).isEqualTo("done");
    assertThat(server.isUnvisited()).isTrue();
  }

  @Test
  void endsASeriesOfBatches() {
    CompletableFuture<Exchange> result = send("embeddings", Collections.nCopies(2_049, "a"));
    Peer first = server.accept();
    // The next batch is not to come over the same connection.
    first.send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
            + "{\"data\":[%s]}"
                .formatted(String.join(",", Collections.nCopies(2_048, "{\"embedding\":[1]}"))));
    first.close();
    Peer second = server.accept();

    gone.complete("gone");

    second.awaitClosed();
    assertThat(result.join().getException()).isInstanceOf(CancellationException.class);
  }

  @Test
  void keepsNothingOfTheCallsThatItOutlives() {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Exchange> result = send("whole", "x");
      Peer peer = server.accept();
      assertThat(gone.getNumberOfDependents()).isEqualTo(1);
      peer.send(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
              + ANSWER);
      peer.close();

      assertThat(result.join().getMessage().getBody()).isEqualTo("done");
      assertThat(gone.getNumberOfDependents()).isZero();
    }
  }

  @Test
  void aSignalThatIsNoneIsAMistakeOfTheRoute() {
    Exchange exchange =
        template
            .asyncSend(
                "direct:whole",
                e -> {
                  e.getMessage().setBody("x");
                  e.setProperty(LlmProperties.CANCEL_WHEN, List.of());
                })
            .join();

    assertThat(exchange.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("CamelLlmCancelWhen")
        .hasMessageContaining("CompletionStage");
    assertThat(server.isUnvisited()).isTrue();
  }

  private CompletableFuture<Exchange> send(String route, Object body) {
    return template.asyncSend(
        "direct:" + route,
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody(body);
          exchange.setProperty(LlmProperties.CANCEL_WHEN, gone);
        });
  }
}
