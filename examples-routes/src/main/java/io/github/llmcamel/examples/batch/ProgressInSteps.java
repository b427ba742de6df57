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

/**
 * A line every few seconds, for files and logs: how far, how fast, how long still, at what cost.
 */
final class ProgressInSteps implements Progress {

  private static final Duration STEP = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final long documents;
  private final Concurrency concurrency;
  private final Clock clock;
  private final Spent spent = new Spent();
  private Instant start;
  private Instant told;
  private long seen;

  /**
   * @param documents how many will come
   */
  ProgressInSteps(PrintWriter out, long documents, Concurrency concurrency, Clock clock) {
    this.out = out;
    this.documents = documents;
    this.concurrency = concurrency;
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
    Duration left = Duration.ofSeconds(Math.round((documents - seen) / perSecond));
    out.printf(
        Locale.ROOT,
        "%d/%d documents (%d %%), %.1f/s, %d:%02d:%02d left, %s, %d at once%n",
        seen,
        documents,
        100 * seen / documents,
        perSecond,
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart(),
        spent,
        concurrency.limit());
    out.flush();
  }

  @Override
  public void end() {}
}
