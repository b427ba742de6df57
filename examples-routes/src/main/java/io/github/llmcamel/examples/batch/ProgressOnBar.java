/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.Concurrency;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar that moves, with the rate, the time that is left, and what was spent beside it. */
final class ProgressOnBar implements Progress {

  private static final long UNKNOWN = -1;

  private final ProgressBarBuilder builder;
  private final Concurrency concurrency;
  private final Spent spent = new Spent();
  private @Nullable ProgressBar bar;

  /**
   * @param documents how many will come; null if nobody knows
   */
  ProgressOnBar(@Nullable Long documents, Concurrency concurrency) {
    this(new ProgressBarBuilder(), documents, concurrency);
  }

  /**
   * @param builder says where the bar is drawn
   */
  ProgressOnBar(ProgressBarBuilder builder, @Nullable Long documents, Concurrency concurrency) {
    this.builder =
        builder
            .setTaskName("documents")
            .setInitialMax(documents == null ? UNKNOWN : documents)
            .showSpeed();
    this.concurrency = concurrency;
  }

  /** Only now: log lines of the start-up would be drawn over. */
  @Override
  public void start() {
    bar = builder.build();
  }

  @Override
  public void add(DocumentResult result) {
    if (bar == null) {
      throw new IllegalStateException("The bar has not been started.");
    }
    spent.add(result);
    bar.setExtraMessage(" %s, %d at once".formatted(spent, concurrency.limit()));
    bar.step();
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
    }
  }
}
