/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.otel.testkit.Mode;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Plays one ending, beside a call to another server that begins before it and ends after it. */
final class Stage implements AutoCloseable {

  private static final Answer NEIGHBOURS_ANSWER =
      Answer.of(Party.NEIGHBOUR)
          .finish("length")
          .usage("{\"prompt_tokens\":17,\"completion_tokens\":19}");

  /** How the other call ends. */
  static final Expected NEIGHBOURS_ENDING = Expected.completed().finish("length").tokens(17L, 19L);

  private static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

  private final Ending ending;
  private final Mode mode;
  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final ScriptedLlmServer neighboursServer = ScriptedLlmServer.start();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();
  private final CompletableFuture<LlmStream<?>> stream = new CompletableFuture<>();
  private Runnable restOfNeighbour = () -> {};

  Stage(Ending ending, Mode mode) {
    this.ending = ending;
    this.mode = mode;
  }

  /**
   * With the conventions' names alone, and their event, since a success has no log record there.
   */
  Stage inStrictProfile() {
    context.getPropertiesComponent().addInitialProperty("camel.llm-otel.semconv", "strict");
    context
        .getPropertiesComponent()
        .addInitialProperty("camel.llm-otel.capture-content", "event_only");
    return this;
  }

  /** Makes both calls, and waits for the end of the one that the script is about. */
  void play(Tracer tracer) throws Exception {
    start(tracer);
    CompletableFuture<Exchange> neighbour = send(Party.NEIGHBOUR);
    Peer peer = neighboursServer.accept();
    restOfNeighbour =
        () -> {
          peer.reply(200, "text/event-stream", NEIGHBOURS_ANSWER.in(Mode.AGGREGATE));
          telemetry.awaitLog();
          neighbour.join();
        };
    CompletableFuture<Exchange> own = send(Party.OWN);
    ending.script().accept(this);
    telemetry.awaitLog();
    own.join();
  }

  Mode mode() {
    return mode;
  }

  /** What the call of the script says. */
  Answer answer() {
    return Answer.of(Party.OWN);
  }

  /** Waits for the request. */
  Peer accept() {
    return server.accept();
  }

  /** Waits for the request, and replies as the mode wants it. */
  void reply(Answer answer) {
    accept().reply(200, mode.contentType(), answer.in(mode));
  }

  /** Waits for the request, and begins to reply. */
  Peer begin() {
    Peer peer = accept();
    peer.sendHead(200, mode.contentType());
    return peer;
  }

  /** Begins to reply: the head and the first token, or not all of a whole answer. */
  Peer beginAnswer() {
    Peer peer = begin();
    peer.sendChunk(answer().beginning(mode));
    if (mode.isStreamed()) {
      awaitPoints(FIRST_CHUNK, 1);
    }
    return peer;
  }

  /** Waits until a metric has taken in so many values. */
  void awaitPoints(String metric, long count) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> telemetry.points(metric).stream().mapToLong(Point::count).sum() == count);
  }

  /** Waits for a connection, and reads nothing. */
  Peer acceptSilently() {
    return server.acceptSilently();
  }

  /** Waits for the live answer. */
  LlmStream<?> stream() {
    return stream.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** The live answer as server-sent events. */
  InputStream events() {
    return Objects.requireNonNull(
        context.getTypeConverter().convertTo(InputStream.class, stream()));
  }

  /** Lets the other call end well; once. */
  void finishNeighbour() {
    Runnable rest = restOfNeighbour;
    restOfNeighbour = () -> {};
    rest.run();
  }

  void stopContext() {
    context.stop();
  }

  /** What both calls have left so far. */
  InMemoryTelemetry telemetry() {
    return telemetry;
  }

  /** What the call of {@code who} has left so far. */
  Evidence evidence(Party who) {
    return new Evidence(who, telemetry);
  }

  @Override
  public void close() {
    context.stop();
    server.close();
    neighboursServer.close();
    telemetry.close();
  }

  private void start(Tracer tracer) throws Exception {
    context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    context.getShutdownStrategy().setTimeout(100);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    if (tracer == Tracer.GLOBAL) {
      GlobalOpenTelemetry.set(telemetry.openTelemetry());
    } else {
      context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    }
    tracer.ofCamel().addTo(context);
    context.addRoutes(routes());
    context.start();
  }

  private RouteBuilder routes() {
    return new RouteBuilder() {
      @Override
      public void configure() throws IOException {
        call(Party.NEIGHBOUR, neighboursServer.url(), Mode.AGGREGATE.options());
        call(Party.OWN, url(), mode.options() + ending.options()).process(Stage.this::goOn);
      }

      private RouteDefinition call(Party who, String url, String options) {
        return from("direct:" + who.mark())
            .routeId(who.routeId())
            .to(
                "llm:%s?model=%s&baseUrl=%s/v1%s"
                    .formatted(who.provider(), who.model(), url, options))
            .id("node-" + who.mark());
      }
    };
  }

  private String url() throws IOException {
    return switch (ending.target()) {
      case SERVER -> server.url();
      case NEIGHBOURS_SERVER -> neighboursServer.url();
      case SERVER_WITHOUT_TLS -> server.url().replace("http:", "https:");
      case UNKNOWN_HOST -> "http://no-such-host.invalid";
      case NOBODY -> {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          yield "http://127.0.0.1:" + closed.getLocalPort();
        }
      }
    };
  }

  /** On a thread of its own, where a tracer may leave what it likes. */
  private CompletableFuture<Exchange> send(Party who) {
    return CompletableFuture.supplyAsync(
        () -> context.createProducerTemplate().send("direct:" + who.mark(), e -> prompt(who, e)),
        run -> new Thread(run).start());
  }

  private static void prompt(Party who, Exchange exchange) {
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getMessage().setBody("Say " + who.mark());
    exchange
        .getMessage()
        .setHeader("traceparent", "00-%s-%s-01".formatted(who.traceId(), who.parentId()));
    exchange.getMessage().setHeader(LlmConstants.CONVERSATION_ID, "conversation-" + who.mark());
    exchange.getMessage().setHeader(LlmConstants.PURPOSE, "purpose-" + who.mark());
  }

  private void goOn(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof LlmStream<?> live) {
      stream.complete(live);
    }
    switch (ending.next()) {
      case READS -> {
        if (body instanceof LlmStream<?> live) {
          live.forEachRemaining(piece -> {});
        }
      }
      case DROPS -> exchange.getMessage().setBody("x");
      case FAILS -> throw new IllegalStateException("A step after the call fails.");
      case KEEPS -> {}
    }
  }
}
