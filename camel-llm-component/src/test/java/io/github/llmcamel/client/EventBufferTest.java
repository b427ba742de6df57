/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.observe.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventBufferTest {

  private static final Ending ENDING =
      new Ending.Completed(
          ChatResponse.builder().build(), new CallTiming(Duration.ofSeconds(1), null));

  private final List<String> told = new ArrayList<>();
  private final AtomicInteger arrivals = new AtomicInteger();
  private final EventBuffer buffer = new EventBuffer(arrivals::incrementAndGet);

  @Test
  void handsOverInOrderAndTellsOfEachArrival() {
    start();
    assertThat(buffer.event(text("a"))).isTrue();
    assertThat(buffer.event(text("b"))).isTrue();
    buffer.ended(ENDING);

    assertThat(arrivals).hasValue(3);
    assertThat(buffer.ending()).isSameAs(ENDING);
    assertThat(buffer.drainedEnding()).isNull();
    assertThat(buffer.poll()).isEqualTo(text("a"));
    assertThat(buffer.poll()).isEqualTo(text("b"));
    assertThat(buffer.poll()).isNull();
    assertThat(buffer.drainedEnding()).isSameAs(ENDING);
    assertThat(told).isEmpty();
  }

  @Test
  void wantsNothingMoreOnceItIsFullUntilItIsNearlyEmpty() {
    start();
    for (int i = 1; i < 64; i++) {
      assertThat(buffer.event(text("x"))).isTrue();
    }
    assertThat(buffer.event(text("x"))).isFalse();
    assertThat(buffer.event(text("x"))).as("what was on its way is kept").isFalse();

    for (int left = 64; left > 16; left--) {
      buffer.poll();
    }
    assertThat(told).hasSize(48).containsOnly("progress");
    buffer.poll();
    assertThat(told).hasSize(49).endsWith("resume");
    buffer.poll();
    assertThat(told).as("only while it is slowed down").hasSize(49);
    assertThat(buffer.event(text("x"))).isTrue();
  }

  @Test
  void neverStandsStillHoweverBothSidesMeet() {
    int many = 200_000;
    Semaphore wanted = new Semaphore(0);
    buffer.starting(
        new CallControl() {
          @Override
          public void cancel(Cancellation reason) {}

          @Override
          public void progress() {}

          @Override
          public void resume() {
            wanted.release();
          }
        });
    CompletableFuture<Void> server =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < many; i++) {
                if (!buffer.event(text("x"))) {
                  wanted.acquireUninterruptibly();
                }
              }
              buffer.ended(ENDING);
            });

    int taken = 0;
    while (buffer.drainedEnding() == null) {
      if (buffer.poll() != null) {
        taken++;
      } else {
        Thread.onSpinWait();
      }
    }

    assertThat(server).isCompleted();
    assertThat(taken).isEqualTo(many);
  }

  private void start() {
    buffer.starting(
        new CallControl() {
          @Override
          public void cancel(Cancellation reason) {
            told.add("cancel");
          }

          @Override
          public void progress() {
            told.add("progress");
          }

          @Override
          public void resume() {
            told.add("resume");
          }
        });
  }

  private static ChatEvent text(String text) {
    return new ChatEvent.TextDelta(0, text);
  }
}
