/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.Concurrency;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line every few seconds, for files and logs: how far, how fast, how long still, at what cost.
 */
final class ProgressInSteps implements Progress {

  private static final Duration STEP = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final @Nullable Long documents;
  private final Clock clock;
  private final Spent spent;
  private Instant start;
  private Instant told;
  private long seen;

  /**
   * @param documents how many will come; null if nobody knows
   * @param concurrency of the run; null if others work for it as well
   */
  ProgressInSteps(
      PrintWriter out, @Nullable Long documents, @Nullable Concurrency concurrency, Clock clock) {
    this.out = out;
    this.documents = documents;
    this.spent = new Spent(concurrency);
    this.clock = clock;
    this.start = clock.instant();
    this.told = start;
  }

  @Override
  public void start() {
    start = clock.instant();
    told = start;
  }

  @Override
  public void add(DocumentResult result) {
    seen++;
    spent.add(result);
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(STEP) >= 0) {
      told = now;
      tell(Duration.between(start, now));
    }
  }

  private void tell(Duration passed) {
    double perSecond = seen / Math.max(0.001, passed.toMillis() / 1000.0);
    String rate = String.format(Locale.ROOT, "%.1f/s", perSecond);
    String far =
        documents == null
            ? "%d documents, %s".formatted(seen, rate)
            : "%d/%d documents (%d %%), %s, %s left"
                .formatted(
                    seen, documents, 100 * seen / documents, rate, left(documents, perSecond));
    String took = spent.toString();
    out.println(took.isEmpty() ? far : far + ", " + took);
    out.flush();
  }

  private String left(long documents, double perSecond) {
    Duration left = Duration.ofSeconds(Math.round(Math.max(0, documents - seen) / perSecond));
    return "%d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }

  @Override
  public void end() {}
}
