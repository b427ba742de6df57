/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.otel.testkit.CancellingSubscriber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Endings that only a live answer can have: its reader is what is different. */
final class LiveEndings {

  /** With the event that begins the answer, as much as waits for a reader: the next has to wait. */
  private static final int FULL = 63;

  private LiveEndings() {}

  static List<Ending> all() {
    Expected cancelled = Expected.cancelled();
    Expected abandoned =
        new Expected("abandoned", TimeoutException.class.getName(), null, null, null, FULL, true);
    return List.of(
        Ending.live(
            "cancelled by the route",
            cancelled,
            stage -> {
              stage.beginAnswer();
              stage.stream().close();
            }),
        Ending.live(
                "cancelled by the route after the counts",
                cancelled.tokens(3L, 2L),
                LiveEndings::closeAfterTheCounts)
            .options("&outputFormat=response"),
        Ending.live("cancelled by a subscriber", cancelled, LiveEndings::subscribeAndCancel),
        Ending.live("cancelled by a reader of bytes", cancelled, LiveEndings::readAndClose),
        Ending.live("no longer the body", cancelled, Stage::beginAnswer).next(NextStep.DROPS),
        Ending.live("exception in the next step, while streaming", cancelled, Stage::beginAnswer)
            .next(NextStep.FAILS),
        Ending.live("abandoned", abandoned, LiveEndings::fill).options("&consumerTimeout=50ms"),
        Ending.live("abandoned, then closed", abandoned, LiveEndings::fillAndCloseTooLate)
            .options("&consumerTimeout=50ms"),
        Ending.live(
            "left alone, then closed",
            cancelled.chunks(FULL),
            stage -> {
              fill(stage);
              stage.stream().close();
            }),
        Ending.live(
            "left alone, and all of it received",
            Expected.completed(),
            stage -> stage.reply(stage.answer())),
        Ending.live(
                "left alone, by its server too",
                Expected.failed(TimeoutException.class).chunks(1),
                Stage::beginAnswer)
            .options("&idleTimeout=200ms"));
  }

  private static void closeAfterTheCounts(Stage stage) {
    stage.beginAnswer().sendChunk(stage.answer().counts());
    LlmStream<?> stream = stage.stream();
    while (!(stream.next() instanceof ChatEvent.UsageReported)) {}
    stream.close();
  }

  private static void readAndClose(Stage stage) {
    stage.beginAnswer();
    try (InputStream events = stage.events()) {
      events.readNBytes(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Stage stage) {
    stage.begin().sendChunk(stage.answer().beginning(stage.mode()).repeat(FULL));
    stage.awaitPoints("gen_ai.client.operation.time_per_output_chunk", FULL - 1);
  }

  private static void fillAndCloseTooLate(Stage stage) {
    fill(stage);
    LlmStream<?> stream = stage.stream();
    await().until(() -> stream.getDuration() != null);
    stream.close();
  }

  private static void subscribeAndCancel(Stage stage) {
    stage.beginAnswer();
    stage.stream().asPublisher().subscribe(new CancellingSubscriber());
  }
}
