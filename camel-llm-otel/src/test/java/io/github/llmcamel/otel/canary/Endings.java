/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.otel.testkit.CancellingSubscriber;
import io.github.llmcamel.otel.testkit.Mode;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** The ways for a call to end, each with all the chances there are to quote. */
final class Endings {

  private static final String NO_TEXT = "{\"content\":\"\"}";

  /** The class of an answer that is not given. */
  record Person(String name, int age) {}

  /** Ends with the context, and leaves no place for calls that want to be alone. */
  static final Ending STOPPED = Ending.of("stopped", Play::beginAnswer);

  private Endings() {}

  static List<Ending> all() {
    return Stream.of(answers(), unreachable(), refusals(), broken(), late(), live(), embeddings())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Ending> answers() {
    return List.of(
        Ending.of("completed", play -> play.answer(Bodies.MESSAGE, "stop")),
        Ending.of("empty", play -> play.answer(NO_TEXT, "stop")),
        Ending.of("length", play -> play.answer(Bodies.MESSAGE, "length")),
        Ending.of("filtered", play -> play.answer(Bodies.MESSAGE, "content_filter")),
        Ending.of("tool-calls", play -> play.answer(Bodies.MESSAGE, "tool_calls")),
        Ending.of("no-object", play -> play.answer(Canary.in("{\"content\":\"%ANSWER%\"}"), "stop"))
            .options("&outputClass=" + Person.class.getName())
            .without(Mode.LIVE),
        Ending.of("step-fails", play -> play.answer(Bodies.MESSAGE, "stop")).next(Endings::fail));
  }

  private static List<Ending> unreachable() {
    return List.of(
        Ending.of("refused-connection", play -> {}).options("&baseUrl=http://127.0.0.1:1"),
        Ending.of("no-tls", play -> play.acceptSilently().send("HTTP/1.1 400 No\r\n\r\n"))
            .options("&baseUrl=https:" + Ending.ITS_SERVER),
        Ending.of("unknown-host", play -> {}).options("&baseUrl=http://no-such-host.invalid"),
        Ending.of("queue-full", play -> {}).options("&maxConcurrentRequests=1&maxQueuedRequests=0"),
        Ending.of("queue-timeout", play -> {})
            .options("&maxConcurrentRequests=1&queueTimeout=20ms"));
  }

  private static List<Ending> refusals() {
    return Stream.concat(
            Stream.of(400, 401, 404, 429, 500, 529)
                .map(
                    status ->
                        Ending.of("status-" + status, play -> play.reply(status, Bodies.ERROR))),
            Stream.of(
                Ending.of("error-as-text", play -> play.reply(500, Bodies.errorText())),
                Ending.of("unreadable-call", play -> play.reply(500, Bodies.unreadableCall())),
                Ending.of("error-in-200", play -> play.reply(200, Bodies.ERROR))))
        .toList();
  }

  private static List<Ending> broken() {
    return List.of(
        Ending.of(
            "malformed",
            play -> play.begin().sendToTheEnd("data: {" + Bodies.errorText() + "\n\n")),
        Ending.of("no-json", play -> play.reply(200, Bodies.errorText())),
        Ending.of("other-json", play -> play.reply(200, Bodies.REQUEST)),
        Ending.of("web-page", play -> play.reply(200, "<title>" + Bodies.errorText())),
        Ending.of(
            "no-http",
            play -> play.accept().send("HTTP/1.1 200 OK\r\n" + Canary.ANSWER.word() + "\r\n\r\n")),
        Ending.of("no-chunk", play -> play.begin().send(Canary.ANSWER.word() + "\r\n")),
        Ending.of("nothing", play -> play.begin().sendLastChunk()),
        Ending.of("reset-before", play -> play.accept().reset()),
        Ending.of("cut-before", play -> play.begin().close()),
        Ending.of("cut-after", play -> play.beginAnswer().close()),
        Ending.of(
                "error-event",
                play -> play.beginAnswer().sendToTheEnd("data: " + Bodies.ERROR + "\n\n"))
            .without(Mode.WHOLE),
        Ending.of(
                "error-event-on-the-answer",
                play ->
                    play.beginAnswer()
                        .sendToTheEnd(Canary.in("data: {\"error\":\"Bad: %ANSWER%\"}\n\n")))
            .without(Mode.WHOLE));
  }

  private static List<Ending> late() {
    return List.of(
        Ending.of("first-byte-timeout", Play::accept).options("&firstByteTimeout=50ms"),
        Ending.of("idle-timeout", Play::beginAnswer).options("&idleTimeout=100ms"),
        Ending.of("total-timeout", Play::beginAnswer).options("&requestTimeout=100ms"));
  }

  private static List<Ending> live() {
    return List.of(
        Ending.live("closed", exchange -> stream(exchange).close()),
        Ending.live("dropped", exchange -> exchange.getMessage().setBody("x")),
        Ending.live(
            "client-gone",
            exchange -> stream(exchange).asPublisher().subscribe(new CancellingSubscriber())),
        Ending.live(
            "bytes-closed", exchange -> exchange.getMessage().getBody(InputStream.class).close()),
        Ending.live("step-fails-while-streaming", Endings::fail),
        Ending.live("abandoned", exchange -> {}).options("&consumerTimeout=20ms"));
  }

  private static List<Ending> embeddings() {
    String vector = "{\"data\":[{\"index\":0,\"embedding\":[0.5]}]}";
    return List.of(
        Ending.ofEmbeddings("embedded", play -> play.reply(200, vector)),
        Ending.ofEmbeddings("not-embedded", play -> play.reply(400, Bodies.ERROR)));
  }

  private static LlmStream<?> stream(Exchange exchange) {
    return exchange.getMessage().getBody(LlmStream.class);
  }

  private static void fail(Exchange exchange) {
    throw new IllegalStateException("A step after the call fails.");
  }
}
