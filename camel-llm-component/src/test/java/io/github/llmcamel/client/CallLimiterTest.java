/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.client.CallLimiter.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CallLimiterTest {

  private final CallLimiter limiter = new CallLimiter();
  private final List<String> started = new ArrayList<>();

  @Test
  void letsThoseWhoWaitGoInOrderAsPlacesBecomeFree() {
    Turn a = enter("a", 2, 10);
    Turn b = enter("b", 2, 10);
    enter("c", 2, 10);
    enter("d", 2, 10);
    assertThat(started).containsExactly("a", "b");

    a.end();
    assertThat(started).containsExactly("a", "b", "c");
    b.end();
    assertThat(started).containsExactly("a", "b", "c", "d");
  }

  @Test
  void givesAPlaceAwayOnce() {
    Turn a = enter("a", 1, 10);
    enter("b", 1, 10);
    enter("c", 1, 10);

    a.end();
    a.end();

    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void aCallThatEndsWhileItWaitsNeverStarts() {
    Turn a = enter("a", 1, 10);
    Turn b = enter("b", 1, 10);
    enter("c", 1, 10);

    b.end();
    a.end();

    assertThat(started).containsExactly("a", "c");
  }

  @Test
  void refusesWhatDoesNotFitIntoTheQueue() {
    enter("a", 1, 1);
    Turn b = enter("b", 1, 1);

    assertThatThrownBy(() -> enter("c", 1, 1)).isInstanceOf(RejectedExecutionException.class);
    b.end();
    enter("d", 1, 1);

    assertThat(started).containsExactly("a");
  }

  @Test
  void withoutAQueueOnlyAFreePlaceWillDo() {
    Turn a = enter("a", 1, 0);
    assertThatThrownBy(() -> enter("b", 1, 0)).isInstanceOf(RejectedExecutionException.class);

    a.end();
    enter("c", 1, 0);

    assertThat(started).containsExactly("a", "c");
  }

  @Test
  void serversDoNotWaitForEachOther() {
    enter("a", 1, 10);
    limiter.enter("other:80", limits(1, 10), () -> started.add("elsewhere"));

    assertThat(started).containsExactly("a", "elsewhere");
  }

  @Test
  void callsWithoutALimitCountForThoseThatHaveOne() {
    Turn a = enter("a", 0, 10);
    enter("b", 1, 10);
    assertThat(started).containsExactly("a");

    a.end();

    assertThat(started).containsExactly("a", "b");
  }

  @Test
  void nobodyOvertakesTheOneInFront() {
    Turn a = enter("a", 1, 10);
    enter("b", 1, 10);
    enter("c", 0, 10);
    assertThat(started).containsExactly("a");

    a.end();

    assertThat(started).containsExactly("a", "b", "c");
  }

  @Test
  void onceClosedNobodyWhoWaitsMayGo() {
    Turn a = enter("a", 1, 10);
    enter("b", 1, 10);

    limiter.close();
    a.end();

    assertThat(started).containsExactly("a");
  }

  @Test
  void aLongQueueOfCallsThatFailAtOnceNeedsNoDeepStack() {
    Turn first = enter("first", 1, 100_000);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      int number = i;
      turns.add(
          limiter.enter(
              "server:80",
              limits(1, 100_000),
              () -> {
                started.add("x");
                turns.get(number).end();
              }));
    }

    first.end();

    assertThat(started).hasSize(50_001);
  }

  private Turn enter(String name, int concurrent, int queued) {
    return limiter.enter("server:80", limits(concurrent, queued), () -> started.add(name));
  }

  private static CallLimits limits(int concurrent, int queued) {
    Duration none = Duration.ZERO;
    return new CallLimits(
        new Timeouts(Duration.ofSeconds(1), none, none, none, none, none), concurrent, queued, 1);
  }
}
