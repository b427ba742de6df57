/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeignCodeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> ended = new CopyOnWriteArrayList<>();

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @Test
  void runsOneAfterTheOtherAwayFromTheCaller() {
    ForeignCode foreign = new ForeignCode(LONG);
    Thread caller = Thread.currentThread();

    foreign.run(1, () -> String.valueOf(Thread.currentThread() == caller), this::end);
    foreign.run(1, () -> "second", this::end);
    foreign.drain(LONG);

    assertThat(ended).containsExactly("false", "second");
  }

  @Test
  void endsWithoutAResultWhatHangs() {
    ForeignCode foreign = new ForeignCode(SHORT);

    foreign.run(1, this::hang, this::end);
    foreign.run(1, () -> "next", this::end);
    foreign.drain(LONG);

    assertThat(ended).containsExactly("null", "next");
  }

  @Test
  void givesUpWhereItHangsAgainAndAgain() {
    try (CapturedLog log = new CapturedLog()) {
      ForeignCode foreign = new ForeignCode(SHORT);
      for (int i = 0; i <= ForeignCode.MAX_STUCK; i++) {
        foreign.run(1, this::hang, this::end);
      }
      foreign.drain(LONG);

      foreign.run(1, () -> "never", this::end);

      assertThat(ended).hasSize(ForeignCode.MAX_STUCK + 2).containsOnly("null");
      assertThat(log.linesWith("contents are no longer recorded")).hasSize(1);
    }
  }

  @Test
  void doesNotGiveUpWhereItIsSlowAgainAndAgain() {
    try (CapturedLog log = new CapturedLog()) {
      ForeignCode foreign = new ForeignCode(Duration.ofMillis(100));
      AtomicReference<Thread> previous = new AtomicReference<>(new Thread());
      for (int i = 0; i <= 2 * ForeignCode.MAX_STUCK; i++) {
        foreign.run(1, () -> beLateAfter(previous), this::end);
      }
      foreign.run(1, () -> "next", this::end);
      foreign.drain(LONG);

      assertThat(ended).endsWith("null", "next");
      assertThat(log.linesWith("took more than 100 ms")).hasSize(1);
    }
  }

  @Test
  void endsAtOnceWhatFindsNoRoomSinceOthersAreLarge() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    ForeignCode foreign = new ForeignCode(LONG);
    foreign.run(
        ForeignCode.MAX_WAITING_CHARACTERS,
        () -> {
          running.countDown();
          return hang();
        },
        this::end);
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

    foreign.run(1, () -> "no room", this::end);
    assertThat(ended).containsExactly("null");

    release.countDown();
    foreign.drain(LONG);
    foreign.run(2 * ForeignCode.MAX_WAITING_CHARACTERS, () -> "alone", this::end);
    foreign.drain(LONG);
    assertThat(ended).containsExactly("null", "hung", "alone");
  }

  @Test
  void endsAtOnceWhatFindsNoRoomAndCountsIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (CapturedLog log = new CapturedLog()) {
      ForeignCode foreign = new ForeignCode(LONG);
      foreign.run(
          1,
          () -> {
            running.countDown();
            return hang();
          },
          this::end);
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < ForeignCode.MAX_WAITING; i++) {
        foreign.run(1, () -> "waited", this::end);
      }

      foreign.run(1, () -> "no room", this::end);
      foreign.run(1, () -> "no room", this::end);
      assertThat(ended).containsExactly("null", "null");

      release.countDown();
      foreign.drain(LONG);
      assertThat(ended).hasSize(ForeignCode.MAX_WAITING + 3).contains("hung", "waited");
      assertThat(log.linesWith("1024 calls or")).hasSize(1);
      assertThat(log.linesWith("2 calls were recorded without contents")).hasSize(1);
    }
  }

  @Test
  void endsAtTheDeadlineWhatIsStillWaiting() {
    ForeignCode foreign = new ForeignCode(Duration.ofMillis(500));
    foreign.run(1, this::hang, this::end);
    foreign.run(1, () -> "waited", this::end);

    foreign.drain(Duration.ZERO);

    assertThat(ended).containsExactly("null", "null");
  }

  @Test
  void goesOnAfterAnEndingThatThrows() {
    ForeignCode foreign = new ForeignCode(LONG);
    foreign.run(
        1,
        () -> "first",
        result -> {
          throw new IllegalStateException();
        });
    foreign.run(1, () -> "second", this::end);
    foreign.drain(LONG);

    assertThat(ended).containsExactly("second");
  }

  @Test
  void runsOnDaemonThreads() {
    ForeignCode foreign = new ForeignCode(LONG);
    CompletableFuture<Boolean> ending = new CompletableFuture<>();

    foreign.run(
        1,
        () -> Thread.currentThread().isDaemon(),
        isDaemon ->
            ending.complete(Boolean.TRUE.equals(isDaemon) && Thread.currentThread().isDaemon()));

    assertThat(ending.join()).isTrue();
  }

  /** Like code that waits for something and takes no interruption. */
  private String hang() {
    boolean hangs = true;
    while (hangs) {
      try {
        release.await();
        hangs = false;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
    return "hung";
  }

  /** Like code that is slower than it may be, and ends when it is interrupted. */
  private static String beLateAfter(AtomicReference<Thread> previous) {
    try {
      previous.getAndSet(Thread.currentThread()).join();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "late";
  }

  private void end(Object result) {
    ended.add(String.valueOf(result));
  }
}
