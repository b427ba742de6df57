/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a call ends and however its answer travels: one span, one duration point, one log record,
 * and nothing in flight any more.
 */
class EveryEndingTest {

  private static final String TEXT =
      """
      data: {"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"Canary"}}]}

      """;
  private static final String FINISH =
      """
      data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}

      data: [DONE]

      """;
  private static final String WHOLE_ANSWER =
      """
      {"id":"c1","model":"m-1","choices":[{"index":0,"message":{"content":"Canary"},
       "finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}
      """;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();
  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();
  private final CompletableFuture<LlmStream<?>> stream = new CompletableFuture<>();

  /** How an answer travels. */
  enum Mode {
    WHOLE(""),
    AGGREGATE("&streamMode=aggregate"),
    LIVE("&stream=true");

    private final String options;

    Mode(String options) {
      this.options = options;
    }
  }

  /** How a call ends, with the options that lead there. */
  enum Ending {
    COMPLETED("", "completed", null),
    REFUSED_CONNECTION("", "failed", "java.net.ConnectException"),
    RATE_LIMIT("", "failed", "429"),
    SERVER_ERROR("", "failed", "500"),
    MALFORMED("", "failed", "io.github.llmcamel.error.LlmProtocolException"),
    RESET_BEFORE_THE_ANSWER("", "failed", "java.net.SocketException"),
    CUT_IN_THE_ANSWER("", "failed", "java.net.SocketException"),
    SILENT("&firstByteTimeout=50ms", "failed", "java.util.concurrent.TimeoutException"),
    STALLED("&idleTimeout=300ms", "failed", "java.util.concurrent.TimeoutException"),
    TOO_SLOW("&requestTimeout=500ms", "failed", "java.util.concurrent.TimeoutException"),
    STOPPED("", "cancelled", "java.util.concurrent.CancellationException");

    private final String options;
    private final String outcome;
    private final @Nullable String errorType;

    Ending(String options, String outcome, @Nullable String errorType) {
      this.options = options;
      this.outcome = outcome;
      this.errorType = errorType;
    }

    private @Nullable String errorType(Mode mode) {
      return this == CUT_IN_THE_ANSWER && mode != Mode.WHOLE
          ? "io.github.llmcamel.error.LlmStreamInterruptedException"
          : errorType;
    }

    private boolean hasContent() {
      return switch (this) {
        case COMPLETED, CUT_IN_THE_ANSWER, STALLED, TOO_SLOW, STOPPED -> true;
        default -> false;
      };
    }
  }

  static Stream<Arguments> waysToEnd() {
    return Stream.of(Mode.values())
        .flatMap(mode -> Stream.of(Ending.values()).map(ending -> Arguments.of(ending, mode)));
  }

  @BeforeEach
  void bind() {
    GlobalOpenTelemetry.resetForTest();
    context.getShutdownStrategy().setTimeout(1);
    context.getShutdownStrategy().setShutdownNowOnTimeout(true);
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
  }

  @AfterEach
  void close() {
    context.stop();
    server.close();
    telemetry.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("waysToEnd")
  void leavesOneOfEach(Ending ending, Mode mode) throws Exception {
    String url = ending == Ending.REFUSED_CONNECTION ? nobodysUrl() : server.url();
    CompletableFuture<Exchange> result = call(url, mode, ending.options);
    if (ending != Ending.REFUSED_CONNECTION) {
      play(ending, mode, server.accept());
    }
    if (ending == Ending.STOPPED) {
      context.stop();
    }
    telemetry.awaitLog();
    boolean completed = result.join().getException() == null;

    assertThat(completed).isEqualTo(ending == Ending.COMPLETED);
    assertOneOfEach(ending.outcome, ending.errorType(mode));
    boolean streamed = mode != Mode.WHOLE;
    assertThat(telemetry.points("llm.stream.chunks"))
        .hasSize(streamed && ending.hasContent() ? 1 : 0);
    Double toFirstChunk =
        telemetry.onlySpan().getAttributes().get(doubleKey("gen_ai.response.time_to_first_chunk"));
    assertThat(toFirstChunk != null).isEqualTo(streamed && ending.hasContent());
    assertThat(telemetry.points("gen_ai.client.token.usage")).hasSize(completed ? 2 : 0);
    assertThat(telemetry.points("gen_ai.server.time_to_first_token"))
        .hasSize(streamed && completed ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void leavesOneOfEachWhenThereIsNoPlaceForACall(Mode mode) throws Exception {
    CompletableFuture<Exchange> first =
        call(server.url(), mode, "&maxConcurrentRequests=1&maxQueuedRequests=0");
    Peer peer = server.accept();

    Exchange refused = context.createProducerTemplate().send("direct:ask", this::prompt);

    telemetry.awaitLog();
    assertThat(refused.getException()).isNotNull();
    assertThat(telemetry.onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(telemetry.requestSpans()).as("what was never sent").isEmpty();
    assertThat(telemetry.onlyLog().getSpanContext())
        .isEqualTo(telemetry.onlySpan().getSpanContext());
    assertThat(telemetry.durationPoint().getAttributes().get(stringKey("error.type")))
        .isEqualTo("java.util.concurrent.RejectedExecutionException");
    assertThat(telemetry.points("llm.request.active")).extracting(Point::value).containsExactly(1d);
    play(Ending.COMPLETED, mode, peer);
    first.join();
    telemetry.awaitLog();
    assertThat(telemetry.points("llm.request.active")).extracting(Point::value).containsExactly(0d);
  }

  @Test
  void leavesOneOfEachWhenTheReaderOfALiveAnswerHasEnough() throws Exception {
    CompletableFuture<Exchange> result = call(server.url(), Mode.LIVE, "");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);
    stream.join().close();

    telemetry.awaitLog();
    peer.awaitClosed();
    result.join();
    assertOneOfEach("cancelled", null);
    assertThat(telemetry.points("llm.stream.chunks")).extracting(Point::value).containsExactly(1d);
  }

  @Test
  void leavesOneOfEachWhenAStepFailsWhileALiveAnswerIsOpen() throws Exception {
    CompletableFuture<Exchange> result =
        call(
            server.url(),
            Mode.LIVE,
            "",
            exchange -> {
              throw new IllegalStateException("No.");
            });
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT);

    telemetry.awaitLog();
    assertThat(result.join().getException()).isInstanceOf(IllegalStateException.class);
    assertOneOfEach("cancelled", null);
  }

  @Test
  void leavesOneOfEachWhenNobodyTakesALiveAnswer() throws Exception {
    CompletableFuture<Exchange> result =
        call(server.url(), Mode.LIVE, "&consumerTimeout=50ms", exchange -> {});
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    peer.sendChunk(TEXT.repeat(100));

    telemetry.awaitLog();
    result.join();
    assertOneOfEach("abandoned", "java.util.concurrent.TimeoutException");
  }

  private void assertOneOfEach(String outcome, @Nullable String errorType) {
    SpanData span = telemetry.onlySpan();
    assertThat(span.hasEnded()).isTrue();
    assertThat(span.getName()).isEqualTo("chat m");
    assertThat(span.getStatus().getStatusCode())
        .isEqualTo(errorType == null ? StatusCode.UNSET : StatusCode.ERROR);
    assertThat(span.getAttributes().get(stringKey("llm.outcome"))).isEqualTo(outcome);
    assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo(errorType);
    assertThat(span.getEvents()).isEmpty();
    assertOneRequest(span);

    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
    assertThat(telemetry.durationPoint().getAttributes().get(stringKey("llm.outcome")))
        .isEqualTo(outcome);
    assertThat(telemetry.durationPoint().getAttributes().get(stringKey("error.type")))
        .isEqualTo(errorType);
    assertThat(telemetry.points("llm.request.count")).extracting(Point::value).containsExactly(1d);
    assertThat(telemetry.points("llm.request.active")).extracting(Point::value).containsExactly(0d);
    assertThat(telemetry.points("llm.request.errors"))
        .extracting(Point::value)
        .isEqualTo(errorType == null ? List.of() : List.of(1d));

    LogRecordData record = telemetry.onlyLog();
    assertThat(record.getSpanContext()).isEqualTo(span.getSpanContext());
    assertThat(record.getEventName())
        .isEqualTo(errorType == null ? null : "gen_ai.client.operation.exception");
    assertThat(record.getAttributes().get(stringKey("llm.outcome"))).isEqualTo(outcome);
  }

  private void assertOneRequest(SpanData call) {
    assertThat(telemetry.requestSpans())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getParentSpanId()).isEqualTo(call.getSpanId());
              assertThat(request.getEndEpochNanos()).isEqualTo(call.getEndEpochNanos());
              assertThat(request.getStatus().getStatusCode())
                  .isEqualTo(call.getStatus().getStatusCode());
              assertThat(request.getAttributes().get(stringKey("error.type")))
                  .isEqualTo(call.getAttributes().get(stringKey("error.type")));
            });
  }

  private CompletableFuture<Exchange> call(String url, Mode mode, String options) throws Exception {
    return call(url, mode, options, this::read);
  }

  private CompletableFuture<Exchange> call(
      String url, Mode mode, String options, Processor nextStep) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .to("llm:vllm?model=m&baseUrl=" + url + "/v1" + mode.options + options)
                .process(nextStep);
          }
        });
    context.start();
    return context.createProducerTemplate().asyncSend("direct:ask", this::prompt);
  }

  private void prompt(Exchange exchange) {
    exchange.setPattern(ExchangePattern.InOut);
    exchange.getMessage().setBody("Say canary.");
  }

  /** To its end; what the stream throws is the route's failure. */
  private void read(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof LlmStream<?> live) {
      stream.complete(live);
      List<Object> read = new ArrayList<>();
      live.forEachRemaining(read::add);
      assertThat(read).containsExactly("Canary");
    }
  }

  private static void play(Ending ending, Mode mode, Peer peer) {
    switch (ending) {
      case RATE_LIMIT -> peer.reply(429, "application/json", "{\"error\":{\"message\":\"No.\"}}");
      case SERVER_ERROR -> peer.reply(500, "text/plain", "No.");
      case RESET_BEFORE_THE_ANSWER -> peer.reset();
      case SILENT, REFUSED_CONNECTION -> {}
      case COMPLETED, MALFORMED, CUT_IN_THE_ANSWER, STALLED, TOO_SLOW, STOPPED -> {
        boolean whole = mode == Mode.WHOLE;
        peer.sendHead(200, whole ? "application/json" : "text/event-stream");
        if (ending == Ending.MALFORMED) {
          peer.sendToTheEnd(whole ? "no JSON" : "data: no JSON\n\n");
        } else if (ending == Ending.COMPLETED) {
          peer.sendToTheEnd(whole ? WHOLE_ANSWER : TEXT + FINISH);
        } else {
          peer.sendChunk(whole ? WHOLE_ANSWER.substring(0, 20) : TEXT);
        }
        if (ending == Ending.CUT_IN_THE_ANSWER) {
          peer.close();
        }
      }
    }
  }

  /** Where nobody listens any more. */
  private static String nobodysUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
