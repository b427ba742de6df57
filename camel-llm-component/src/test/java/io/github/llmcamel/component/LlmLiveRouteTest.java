/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.testkit.CapturedLog;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live answers in routes, against a server that does what the test says. */
class LlmLiveRouteTest extends CamelTestSupport {

  private static final String FINISH =
      """
      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}

      data: [DONE]

      """;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final RecordingObserver observer = new RecordingObserver();
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final BlockingQueue<LlmStream<?>> streams = new LinkedBlockingQueue<>();

  @Override
  protected RouteBuilder createRouteBuilder() {
    context.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm = "llm:vllm?model=m&stream=true&baseUrl=" + server.url() + "/v1";
        from("direct:live").to(llm);
        from("direct:events").to(llm + "&outputFormat=response");
        from("direct:chunks").to(llm + "&outputFormat=openai");
        from("direct:split").to(llm).split(body()).streaming().process(e -> take(e)).end();
        from("direct:logged")
            .to(llm)
            .log("${body}")
            .split(body())
            .streaming()
            .process(e -> take(e));
        from("direct:ignored").to(llm).process(e -> streams.add(stream(e))).setBody(constant("x"));
        from("direct:subscribed")
            .to(llm)
            .process(e -> stream(e).asPublisher().subscribe(new Collector()));
        from("direct:background").to("seda:background");
        from("seda:background?pollTimeout=20").to(llm).process(e -> streams.add(stream(e)));
        from("direct:twice").to(llm).multicast().stopOnException().to("direct:each", "direct:each");
        from("direct:each").split(body()).streaming().process(e -> take(e));
        from("direct:copy")
            .multicast()
            .to("direct:live")
            .end()
            .split(body())
            .streaming()
            .process(e -> take(e));
        from("direct:abandoned").routeId("abandoning").to(llm + "&consumerTimeout=200ms");
        from("direct:repeated")
            .errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0))
            .to(llm)
            .split(body())
            .streaming()
            .stopOnException()
            .process(e -> take(e));
        from("direct:recovered")
            .onException(LlmException.class)
            .handled(true)
            .setBody(simple("${exception.partialResponse.text}"))
            .end()
            .to(llm)
            .split(body())
            .streaming()
            .process(e -> take(e));
      }
    };
  }

  private void take(Exchange exchange) {
    pieces.add(exchange.getMessage().getBody(String.class));
  }

  private static LlmStream<?> stream(Exchange exchange) {
    return Objects.requireNonNull(exchange.getMessage().getBody(LlmStream.class));
  }

  @AfterEach
  void closeServer() {
    server.close();
    assertThat(observer.recordings())
        .allSatisfy(
            call ->
                assertThat(call.signals()).noneMatch(s -> s.matches("(OVERLAP|AFTER THE END).*")));
  }

  @Test
  void theExchangeGoesOnAtTheFirstEventAndTheCallerOwnsTheStream() throws IOException {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    peer.sendChunk(text("a"));

    Exchange exchange = result.join();
    try (LlmStream<?> stream = stream(exchange)) {
      assertThat(exchange.getMessage().getHeaders())
          .containsEntry(LlmConstants.PROVIDER, "vllm")
          .containsEntry(LlmConstants.REQUEST_MODEL, "m")
          .containsEntry(LlmConstants.RESPONSE_MODEL, "m-1")
          .containsEntry(LlmConstants.RESPONSE_ID, "c1")
          .doesNotContainKeys(LlmConstants.OUTPUT_TOKENS, LlmConstants.DURATION);
      assertThat(stream.next()).isEqualTo("a");
      peer.sendChunk(text("b"));
      assertThat(stream.next()).isEqualTo("b");
      finish(peer, "");
      assertThat(stream.hasNext()).isFalse();
      assertThat(Objects.requireNonNull(stream.getResponse()).usage().outputTokens()).isEqualTo(2);
      assertThat(stream.getTimeToFirstToken()).isPositive();
    }
    assertThat(observer.only().signals()).endsWith("completed");
  }

  @Test
  void aSplitterGetsThePiecesAsTheyArrive() throws InterruptedException {
    CompletableFuture<Exchange> result = send("direct:split");
    Peer peer = begin();
    // The Splitter looks one element ahead to know which one is the last.
    peer.sendChunk(text("a") + text("b"));
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
    peer.sendChunk(text("c"));
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("b");
    finish(peer, "");

    assertThat(result.join().getException()).isNull();
    assertThat(pieces).containsExactly("c");
  }

  @Test
  void loggingTheBodyReadsNothingOfIt() {
    CompletableFuture<Exchange> result = send("direct:logged");
    Peer peer = begin();
    finish(peer, text("a"));

    assertThat(result.join().getException()).isNull();
    assertThat(pieces).containsExactly("a");
  }

  @Test
  void outputFormatDecidesWhatTheElementsAre() throws IOException {
    CompletableFuture<Exchange> events = send("direct:events");
    begin().sendChunk(text("a"));
    try (LlmStream<?> stream = stream(events.join())) {
      assertThat(stream.next()).isEqualTo(new ChatEvent.Started("c1", "m-1"));
      assertThat(stream.next()).isEqualTo(new ChatEvent.TextDelta(0, "a"));
    }

    CompletableFuture<Exchange> chunks = send("direct:chunks");
    begin().sendChunk(text("a"));
    try (LlmStream<?> stream = stream(chunks.join())) {
      assertThat((String) stream.next()).contains("\"role\":\"assistant\"");
      assertThat((String) stream.next()).contains("\"content\":\"a\"");
    }
  }

  @Test
  void closingClosesTheSocket() throws IOException {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    peer.sendChunk(text("a"));

    stream(result.join()).close();

    peer.awaitClosed();
    await().until(() -> observer.only().signals().contains("cancelled CLOSED_BY_CONSUMER"));
  }

  @Test
  void aStreamThatIsNoLongerTheBodyIsClosedWithItsExchange() throws InterruptedException {
    CompletableFuture<Exchange> result = send("direct:ignored");
    Peer peer = begin();
    peer.sendChunk(text("a"));

    assertThat(result.join().getMessage().getBody()).isEqualTo("x");
    peer.awaitClosed();
    LlmStream<?> stream = Objects.requireNonNull(streams.poll(20, TimeUnit.SECONDS));
    assertThatIllegalStateException()
        .isThrownBy(stream::hasNext)
        .withMessageContaining("closed when its exchange completed");
  }

  @Test
  void aStreamThatNobodyWaitsForIsClosedWithItsExchange() {
    template.sendBody("direct:background", "x");
    Peer peer = begin();
    peer.sendChunk(text("a"));

    peer.awaitClosed();
    await().until(() -> observer.only().signals().contains("cancelled CLOSED_BY_CONSUMER"));
  }

  @Test
  void aSubscriberOutlivesTheExchange() throws InterruptedException {
    CompletableFuture<Exchange> result =
        template.asyncSend(
            "direct:subscribed",
            exchange -> {
              exchange.setPattern(ExchangePattern.InOnly);
              exchange.getMessage().setBody("x");
            });
    Peer peer = begin();
    peer.sendChunk(text("a"));
    result.join();
    finish(peer, text("b"));

    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("b");
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("completed");
  }

  @Test
  void aStreamOutlivesTheCopyOfTheExchangeThatItBeganIn() {
    CompletableFuture<Exchange> result =
        template.asyncSend(
            "direct:copy",
            exchange -> {
              exchange.setPattern(ExchangePattern.InOnly);
              exchange.getMessage().setBody("x");
            });
    Peer peer = begin();
    finish(peer, text("a"));

    assertThat(result.join().getException()).isNull();
    assertThat(pieces).containsExactly("a");
  }

  @Test
  void convertsToServerSentEvents() throws IOException {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    finish(peer, text("a"));

    try (InputStream sse =
        Objects.requireNonNull(result.join().getMessage().getBody(InputStream.class))) {
      assertThat(new String(sse.readAllBytes(), StandardCharsets.UTF_8))
          .containsSubsequence(
              "\"delta\":{\"content\":\"a\"}", "\"finish_reason\":\"stop\"", "\"usage\":{")
          .endsWith("}}\n\ndata: [DONE]\n\n");
    }
  }

  @Test
  void aFailureBeforeTheFirstEventFailsTheExchange() {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = server.accept();
    peer.reply(429, "application/json", "{\"error\":{\"message\":\"slow down\"}}");

    assertThat(result.join().getException()).isInstanceOf(LlmRateLimitException.class);
    assertThat(observer.only().signals()).endsWith("failed LlmRateLimitException");
  }

  @Test
  void aFailureInTheMiddleReachesTheReader() {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    peer.sendChunk(text("a"));
    LlmStream<?> stream = stream(result.join());
    assertThat(stream.next()).isEqualTo("a");

    peer.reset();

    assertThatThrownBy(stream::hasNext).isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void onExceptionSeesAFailureInTheMiddleOfASplit() throws InterruptedException {
    CompletableFuture<Exchange> result = send("direct:recovered");
    Peer peer = begin();
    peer.sendChunk(text("a") + text("b"));
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
    peer.reset();

    assertThat(result.join().getMessage().getBody()).isEqualTo("ab");
  }

  @Test
  void repeatingASplitDoesNotMakeASuccessOfAnAnswerThatBrokeOff() throws InterruptedException {
    CompletableFuture<Exchange> result = send("direct:repeated");
    Peer peer = begin();
    peer.sendChunk(text("a") + text("b"));
    assertThat(pieces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
    peer.reset();

    assertThat(result.join().getException()).isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void aSecondBranchOfAMulticastFailsInsteadOfGettingNothing() {
    CompletableFuture<Exchange> result = send("direct:twice");
    Peer peer = begin();
    finish(peer, text("a"));

    assertThat(result.join().getException())
        .hasStackTraceContaining("This stream can be read once");
    assertThat(pieces).containsExactly("a");
  }

  @Test
  void anAbandonedStreamFreesItsConnection() {
    CompletableFuture<Exchange> result = send("direct:abandoned");
    Peer peer = begin();
    peer.sendChunk(text("x").repeat(100));
    LlmStream<?> stream = stream(result.join());

    peer.awaitClosed();
    await().until(() -> observer.only().signals().contains("cancelled ABANDONED"));
    assertThatThrownBy(
            () -> {
              while (stream.hasNext()) {
                stream.next();
              }
            })
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void anAbandonedStreamIsLoggedOnceWithTheCure() {
    try (CapturedLog log = new CapturedLog()) {
      CompletableFuture<Exchange> result = send("direct:abandoned");
      Peer peer = begin();
      peer.sendChunk(text("canary").repeat(100));
      result.join();

      await().until(() -> !log.linesWith("was abandoned").isEmpty());
      peer.awaitClosed();
      assertThat(log.linesWith("WARN"))
          .singleElement()
          .asString()
          .contains("LlmStream[vllm] in route abandoning was abandoned")
          .contains("consumerTimeout", "close() it", "streamMode=aggregate");
      assertThat(log.text()).doesNotContain("canary");
    }
  }

  @Test
  void backPressureReachesTheServer() throws IOException {
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    peer.sendChunk(text("a"));
    LlmStream<?> stream = stream(result.join());
    // Taken first: what is in the buffer counts towards its being full.
    assertThat(stream.next()).isEqualTo("a");
    String piece = text("x".repeat(10_000));
    int tooMuch = 20_000;
    CompletableFuture<Integer> sent =
        CompletableFuture.supplyAsync(
            () -> {
              for (int i = 0; i < tooMuch; i++) {
                peer.sendChunk(piece);
              }
              return tooMuch;
            });

    // 200 MB do not fit anywhere: the server's writes stand still until somebody reads.
    await().until(() -> observer.only().events().size() > 64);
    assertThat(observer.only().events().size()).isLessThan(200);
    assertThat(sent).isNotDone();
    stream.close();
    assertThatThrownBy(sent::join).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void stoppingTheContextEndsAStream() {
    context.getShutdownStrategy().setTimeout(1);
    CompletableFuture<Exchange> result = send("direct:live");
    Peer peer = begin();
    peer.sendChunk(text("a"));
    LlmStream<?> stream = stream(result.join());
    assertThat(stream.next()).isEqualTo("a");

    context.stop();

    peer.awaitClosed();
    assertThatThrownBy(stream::hasNext)
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("context stopped");
    assertThat(observer.only().signals()).endsWith("cancelled STOPPED");
  }

  private Peer begin() {
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    return peer;
  }

  private static void finish(Peer peer, String before) {
    peer.sendToTheEnd(before + FINISH);
  }

  private static String text(String text) {
    return "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":"
        + "{\"content\":\"%s\"}}]}\n\n".formatted(text);
  }

  private CompletableFuture<Exchange> send(String endpoint) {
    return template.asyncSend(
        endpoint,
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody("x");
        });
  }

  private final class Collector implements Flow.Subscriber<ChatEvent> {
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
    public void onError(Throwable thrown) {
      pieces.add(thrown.toString());
    }

    @Override
    public void onComplete() {
      pieces.add("completed");
    }
  }
}
