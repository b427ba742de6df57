/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limit.window.PercentileSampleWindowFactory;
import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many documents are worked on at once. Thread-safe.
 *
 * <p>The adaptive one starts low, grows while answers take no longer than they did, and backs off
 * where a server says that it has too much to do: 429 or 503. Whoever feeds the route asks for it
 * before each document.
 */
public final class Concurrency implements CallGate {

  private static final int FIRST = 4;
  private static final int UNAVAILABLE = 503;
  private static final long LONGEST_CALL_HOURS = 1;
  private static final double BACK_OFF = 0.7;
  private static final double MEDIAN = 0.5;
  private static final int SAMPLES = 100;

  private final List<Limit> limits;
  private final AtomicInteger running = new AtomicInteger();
  private final LongSupplier nanoClock;
  private final AtomicLong backedOff;

  private Concurrency(List<Limit> limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.backedOff = new AtomicLong(nanoClock.getAsLong());
  }

  /** Always the same. */
  public static Concurrency fixed(int documents) {
    return new Concurrency(List.of(FixedLimit.of(documents)), System::nanoTime);
  }

  /** As many as serve well, up to {@code most}. */
  public static Concurrency adaptive(int most) {
    return adaptive(most, System::nanoTime);
  }

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  static Concurrency adaptive(int most, LongSupplier nanoClock) {
    int first = Math.min(FIRST, most);
    Limit latency =
        WindowedLimit.newBuilder()
            .minWindowTime(1, TimeUnit.SECONDS)
            .maxWindowTime(1, TimeUnit.SECONDS)
            .sampleWindowFactory(PercentileSampleWindowFactory.of(MEDIAN, SAMPLES))
            .build(
                Gradient2Limit.newBuilder()
                    .initialLimit(first)
                    .minLimit(1)
                    .maxConcurrency(most)
                    .build());
    // It knows refusals, which the other one does not.
    Limit refusals =
        AIMDLimit.newBuilder()
            .initialLimit(first)
            .minLimit(1)
            .maxLimit(most)
            .backoffRatio(BACK_OFF)
            .timeout(LONGEST_CALL_HOURS, TimeUnit.HOURS)
            .build();
    return new Concurrency(List.of(latency, refusals), nanoClock);
  }

  /** How many documents may be worked on now, 1 and above. */
  public int limit() {
    return limits.stream().mapToInt(Limit::getLimit).min().orElseThrow();
  }

  @Override
  public Pass enter(RequestPreview request) {
    long start = nanoClock.getAsLong();
    int atOnce = running.incrementAndGet();
    return (spent, failure) -> {
      running.decrementAndGet();
      long nanos = nanoClock.getAsLong() - start;
      if (isRefusal(failure) && isFirstSinceBackingOff(start)) {
        limits.forEach(limit -> limit.onSample(start, nanos, atOnce, true));
      } else if (failure == null) {
        limits.forEach(limit -> limit.onSample(start, nanos, atOnce, false));
      }
    };
  }

  /**
   * All that were out when a server had too much to do are refused together: one time is enough.
   */
  private boolean isFirstSinceBackingOff(long start) {
    long last = backedOff.get();
    return start - last >= 0 && backedOff.compareAndSet(last, nanoClock.getAsLong());
  }

  private static boolean isRefusal(@Nullable Throwable failure) {
    return failure instanceof LlmRateLimitException
        || (failure instanceof LlmServerException server && server.getStatusCode() == UNAVAILABLE);
  }
}
