/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTimersTest {

  private final ManualClock clock = new ManualClock();
  private final List<TimeLimit> expired = new ArrayList<>();

  @Test
  void expiresWhenNoAnswerBegins() {
    CallTimers timers = timers(seconds(5), seconds(2), seconds(60));
    timers.start();
    timers.waitFor(TimeLimit.FIRST_BYTE);

    clock.advance(Duration.ofMillis(4_999));
    assertThat(expired).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(expired).containsExactly(TimeLimit.FIRST_BYTE);
  }

  @Test
  void expiresWhenItsTurnDoesNotCome() {
    CallTimers timers = timers(seconds(5), seconds(2), seconds(60));
    timers.start();

    clock.advance(seconds(5));

    assertThat(expired).containsExactly(TimeLimit.QUEUE);
  }

  @Test
  void anEventMovesTheDeadlineWithoutANewTask() {
    CallTimers timers = timers(seconds(5), seconds(5), seconds(60));
    timers.start();
    for (int second = 0; second < 20; second++) {
      clock.advance(seconds(1));
      timers.waitFor(TimeLimit.IDLE);
      assertThat(clock.pending()).isEqualTo(1);
    }
    assertThat(expired).isEmpty();

    clock.advance(seconds(5));
    assertThat(expired).containsExactly(TimeLimit.IDLE);
  }

  @Test
  void aShorterLimitWakesUpEarlier() {
    CallTimers timers = timers(seconds(300), seconds(1), Duration.ZERO);
    timers.start();
    timers.waitFor(TimeLimit.FIRST_BYTE);
    timers.waitFor(TimeLimit.IDLE);

    clock.advance(seconds(1));

    assertThat(expired).containsExactly(TimeLimit.IDLE);
  }

  @Test
  void theWholeCallHasALimitOfItsOwn() {
    CallTimers timers = timers(seconds(5), seconds(5), seconds(12));
    timers.start();
    for (int second = 0; second < 11; second++) {
      clock.advance(seconds(1));
      timers.waitFor(TimeLimit.IDLE);
    }
    assertThat(expired).isEmpty();

    clock.advance(seconds(1));
    assertThat(expired).containsExactly(TimeLimit.REQUEST);
  }

  @Test
  void nothingProlongsTheWaitForTheEnd() {
    CallTimers timers = timers(seconds(60), seconds(60), Duration.ZERO);
    timers.start();
    timers.waitFor(TimeLimit.FINISH);
    clock.advance(seconds(3));
    timers.waitFor(TimeLimit.IDLE);
    clock.advance(seconds(2));

    assertThat(expired).containsExactly(TimeLimit.FINISH);
  }

  @Test
  void anAnswerThatGoesOnAfterAllIsGivenTimeAgain() {
    CallTimers timers = timers(seconds(60), seconds(60), Duration.ZERO);
    timers.start();
    timers.waitFor(TimeLimit.FINISH);
    clock.advance(seconds(3));
    timers.goOn();
    clock.advance(seconds(59));
    timers.waitFor(TimeLimit.FINISH);
    clock.advance(Duration.ofMillis(4_999));
    assertThat(expired).isEmpty();

    clock.advance(Duration.ofMillis(1));
    assertThat(expired).containsExactly(TimeLimit.FINISH);
  }

  @Test
  void zeroIsNoLimit() {
    CallTimers timers = timers(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    timers.start();
    timers.waitFor(TimeLimit.IDLE);

    assertThat(clock.pending()).isZero();
  }

  @Test
  void leavesNoTaskBehindOnceStopped() {
    CallTimers timers = timers(seconds(5), seconds(5), seconds(60));
    timers.start();
    timers.stop();

    assertThat(clock.pending()).isZero();
    timers.waitFor(TimeLimit.IDLE);
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aSchedulerThatHasStoppedIsNoFailure() {
    clock.shutdown();
    CallTimers timers = timers(seconds(5), seconds(5), seconds(60));

    timers.start();

    assertThat(expired).isEmpty();
  }

  private CallTimers timers(Duration firstByte, Duration idle, Duration request) {
    Timeouts limits = new Timeouts(seconds(1), firstByte, firstByte, idle, request, seconds(30));
    CallTimers[] holder = new CallTimers[1];
    holder[0] =
        new CallTimers(
            new Clockwork(clock, clock),
            limits,
            () -> {
              TimeLimit limit = holder[0].expired();
              if (limit != null) {
                expired.add(limit);
              }
            });
    return holder[0];
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
