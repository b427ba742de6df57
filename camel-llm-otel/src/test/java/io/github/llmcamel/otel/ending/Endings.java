/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.otel.ending.Ending.Target;
import io.github.llmcamel.otel.testkit.Mode;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.provider.Arguments;

/** The table of endings. */
final class Endings {

  private static final String ERROR = "{\"error\":{\"message\":\"No.\",\"code\":500}}";
  private static final String NO_TEXT = "{\"content\":\"\"}";
  private static final String TOOL_CALL =
      "{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"type\":\"function\","
          + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";

  private static final Map<String, Mode> ONE_OF_EACH_CLASS =
      Map.of(
          "completed", Mode.LIVE,
          "status 429", Mode.WHOLE,
          "cut after the first token", Mode.LIVE,
          "idle timeout", Mode.AGGREGATE,
          "cancelled by the route", Mode.LIVE,
          "abandoned", Mode.LIVE,
          "context stop", Mode.AGGREGATE,
          "queue full", Mode.WHOLE);

  private Endings() {}

  /** Each, in each of its modes. */
  static Stream<Arguments> all() {
    return Stream.of(
            answers(), unreachable(), refusals(), broken(), timedOut(), ours(), LiveEndings.all())
        .flatMap(List::stream)
        .flatMap(ending -> ending.modes().map(mode -> Arguments.of(ending, mode)));
  }

  /** One for each class of outcome. */
  static Stream<Arguments> oneOfEachClass() {
    List<Arguments> found =
        all()
            .filter(row -> row.get()[1] == ONE_OF_EACH_CLASS.get(row.get()[0].toString()))
            .toList();
    assertThat(found).hasSameSizeAs(ONE_OF_EACH_CLASS.keySet());
    return found.stream();
  }

  private static List<Ending> answers() {
    Expected completed = Expected.completed();
    return List.of(
        Ending.of("completed", completed, stage -> stage.reply(stage.answer())),
        Ending.of(
            "empty answer",
            completed.chunks(0),
            stage -> stage.reply(stage.answer().message(NO_TEXT))),
        Ending.of(
            "length",
            completed.finish("length"),
            stage -> stage.reply(stage.answer().finish("length"))),
        Ending.of(
            "content filter",
            completed.finish("content_filter").chunks(0),
            stage -> stage.reply(stage.answer().message(NO_TEXT).finish("content_filter"))),
        Ending.of(
            "tool calls",
            completed.finish("tool_calls"),
            stage -> stage.reply(stage.answer().message(TOOL_CALL).finish("tool_calls"))),
        Ending.of(
            "completed without counts",
            completed.tokens(null, null),
            stage -> stage.reply(stage.answer().usage(null))),
        Ending.of(
            "completed with one count",
            completed.tokens(3L, null),
            stage -> stage.reply(stage.answer().usage("{\"prompt_tokens\":3}"))));
  }

  private static List<Ending> unreachable() {
    return List.of(
        Ending.of("refused connection", Expected.failed(ConnectException.class), stage -> {})
            .target(Target.NOBODY),
        Ending.of(
                "TLS failure",
                Expected.failed(SSLException.class),
                stage -> stage.acceptSilently().send("HTTP/1.1 400 Bad Request\r\n\r\n"))
            .target(Target.SERVER_WITHOUT_TLS),
        Ending.of("unknown host", Expected.failed(UnknownHostException.class), stage -> {})
            .target(Target.UNKNOWN_HOST));
  }

  private static List<Ending> refusals() {
    return Stream.of(400, 401, 404, 429, 500, 529)
        .map(
            status ->
                Ending.of(
                    "status " + status,
                    Expected.failed(Integer.toString(status)),
                    stage -> stage.accept().reply(status, "application/json", ERROR)))
        .toList();
  }

  private static List<Ending> broken() {
    Expected protocol = Expected.failed(LlmProtocolException.class);
    Expected reset = Expected.failed(SocketException.class);
    Expected interrupted = Expected.failed(LlmStreamInterruptedException.class);
    return List.of(
        Ending.of(
            "error in a 200",
            Expected.failed(LlmServerException.class),
            stage -> stage.accept().reply(200, "application/json", ERROR)),
        Ending.of(
            "malformed",
            protocol,
            stage ->
                stage
                    .begin()
                    .sendToTheEnd(stage.mode().isStreamed() ? "data: no JSON\n\n" : "no JSON")),
        Ending.of("nothing in a 200", protocol, stage -> stage.begin().sendLastChunk()),
        Ending.of("reset before the answer", reset, stage -> stage.accept().reset()),
        Ending.of("closed before the answer", reset, stage -> stage.accept().close()),
        Ending.of("cut before the first token", reset, stage -> stage.begin().close()),
        Ending.of(
                "cut after the first token",
                interrupted.chunks(1),
                stage -> stage.beginAnswer().close())
            .in(Mode.WHOLE, reset),
        Ending.of(
                "cut after the counts",
                interrupted.tokens(3L, 2L).chunks(1),
                stage -> {
                  Peer peer = stage.beginAnswer();
                  peer.sendChunk(stage.answer().counts());
                  peer.close();
                })
            .without(Mode.WHOLE));
  }

  private static List<Ending> timedOut() {
    Expected late = Expected.failed(TimeoutException.class);
    return List.of(
        Ending.of("first-byte timeout", late, Stage::accept).options("&firstByteTimeout=50ms"),
        Ending.of("idle timeout", late.chunks(1), Stage::beginAnswer).options("&idleTimeout=200ms"),
        Ending.of("total timeout", late.chunks(1), Stage::beginAnswer)
            .options("&requestTimeout=1s"),
        Ending.of("queue timeout", late.neverSent(), stage -> {})
            .target(Target.NEIGHBOURS_SERVER)
            .options("&maxConcurrentRequests=1&queueTimeout=50ms"));
  }

  private static List<Ending> ours() {
    return List.of(
        Ending.of(
                "queue full",
                Expected.failed(RejectedExecutionException.class).neverSent(),
                stage -> {})
            .target(Target.NEIGHBOURS_SERVER)
            .options("&maxConcurrentRequests=1&maxQueuedRequests=0"),
        Ending.of(
            "context stop",
            new Expected(
                "cancelled", CancellationException.class.getName(), null, null, null, 1, true),
            stage -> {
              stage.beginAnswer();
              stage.finishNeighbour();
              stage.stopContext();
            }),
        Ending.of(
                "exception in the next step, after the answer",
                Expected.completed(),
                stage -> stage.reply(stage.answer()))
            .next(NextStep.FAILS)
            .without(Mode.LIVE));
  }
}
