/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How long things took, as counts in buckets that grow with the time: exact below 16 ms, then eight
 * to an octave, up to an hour. Thread-safe, of fixed size.
 */
final class TimeHistogram {

  private static final int PER_OCTAVE = 8;
  private static final int BITS = 3;
  private static final int LAST = bucket(TimeUnit.HOURS.toMillis(1));

  private final AtomicLongArray counts = new AtomicLongArray(LAST + 1);

  /** Adds one time; 0 and above. */
  void add(long nanos) {
    counts.incrementAndGet(Math.min(bucket(TimeUnit.NANOSECONDS.toMillis(nanos)), LAST));
  }

  /** Adds all times of another one. */
  void addAll(TimeHistogram other) {
    for (int i = 0; i <= LAST; i++) {
      counts.addAndGet(i, other.counts.get(i));
    }
  }

  /**
   * The time that {@code percent} of all times do not exceed: the middle of its bucket; null if
   * there are none.
   */
  @Nullable Duration percentile(int percent) {
    long total = 0;
    for (int i = 0; i <= LAST; i++) {
      total += counts.get(i);
    }
    long rank = (total * percent + 99) / 100;
    for (int i = 0; i <= LAST && total > 0; i++) {
      rank -= counts.get(i);
      if (rank <= 0) {
        return Duration.ofMillis(middle(i));
      }
    }
    return null;
  }

  private static int bucket(long millis) {
    if (millis < PER_OCTAVE) {
      return (int) millis;
    }
    int octave = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(millis);
    return PER_OCTAVE * octave + (int) (millis >>> octave);
  }

  private static long middle(int bucket) {
    if (bucket < PER_OCTAVE) {
      return bucket;
    }
    int octave = bucket / PER_OCTAVE - 1;
    long low = (long) (bucket % PER_OCTAVE + PER_OCTAVE) << octave;
    return low + (1L << octave) / 2;
  }
}
