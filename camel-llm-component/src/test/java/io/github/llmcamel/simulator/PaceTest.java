/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void waitsForTheFirstTokenAndBetweenTokens() {
    Pace pace = Pace.of(1.5, 4);

    assertThat(pace.toFirstToken()).isEqualTo(Duration.ofNanos(1_500_000));
    assertThat(pace.perToken()).isEqualTo(Duration.ofMillis(250));
    assertThat(pace.toLastToken(3)).isEqualTo(Duration.ofNanos(501_500_000));
    assertThat(pace.toLastToken(0)).isEqualTo(pace.toFirstToken());
  }

  @Test
  void doesNotWaitAtAllByDefault() {
    assertThat(Pace.of(0, Double.POSITIVE_INFINITY).toLastToken(1_000)).isEqualTo(Duration.ZERO);
  }

  @Test
  void waitsNoLongerThanADay() {
    Pace pace = Pace.of(Double.POSITIVE_INFINITY, 1e-300);

    assertThat(pace.toFirstToken()).isEqualTo(Duration.ofDays(1));
    assertThat(pace.perToken()).isEqualTo(Duration.ofDays(1));
    assertThat(pace.toLastToken(Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(1));
  }
}
