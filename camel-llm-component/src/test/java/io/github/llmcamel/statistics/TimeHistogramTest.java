/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeHistogramTest {

  private final TimeHistogram times = new TimeHistogram();

  @Test
  void nothingAddedIsNothingKnown() {
    assertThat(times.percentile(50)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 15})
  void shortTimesAreExact(long millis) {
    add(millis);

    assertThat(percentile(50)).isEqualTo(millis);
    assertThat(percentile(95)).isEqualTo(millis);
  }

  @Test
  void everyTimeUpToAnHourIsKnownWithinSixPercent() {
    for (long millis = 16; millis < Duration.ofMinutes(59).toMillis(); millis += millis / 15) {
      TimeHistogram one = new TimeHistogram();
      one.add(Duration.ofMillis(millis).toNanos());

      assertThat(Objects.requireNonNull(one.percentile(50)).toMillis())
          .isCloseTo(millis, Percentage.withPercentage(6.25));
    }
  }

  @Test
  void longerTimesCountAsAnHour() {
    add(Duration.ofDays(20_000).toMillis());

    assertThat(percentile(50))
        .isCloseTo(Duration.ofHours(1).toMillis(), Percentage.withPercentage(6.25));
  }

  @Test
  void percentilesAreNearestRanks() {
    for (int i = 0; i < 94; i++) {
      add(3);
    }
    add(5);
    add(9);
    for (int i = 0; i < 4; i++) {
      add(12);
    }

    assertThat(percentile(50)).isEqualTo(3);
    assertThat(percentile(95)).isEqualTo(5);
    assertThat(percentile(96)).isEqualTo(9);
    assertThat(percentile(97)).isEqualTo(12);
  }

  private void add(long millis) {
    times.add(Duration.ofMillis(millis).toNanos());
  }

  private long percentile(int percent) {
    return Objects.requireNonNull(times.percentile(percent)).toMillis();
  }
}
