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
  private final Spent spent;
  private @Nullable ProgressBar bar;

  /**
   * @param documents how many will come; null if nobody knows
   * @param concurrency of the run; null if others work for it as well
   */
  ProgressOnBar(@Nullable Long documents, @Nullable Concurrency concurrency) {
    this(new ProgressBarBuilder(), documents, concurrency);
  }

  /**
   * @param builder says where the bar is drawn
   */
  ProgressOnBar(
      ProgressBarBuilder builder, @Nullable Long documents, @Nullable Concurrency concurrency) {
    this.builder =
        builder
            .setTaskName("documents")
            .setInitialMax(documents == null ? UNKNOWN : documents)
            .showSpeed();
    this.spent = new Spent(concurrency);
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
    bar.setExtraMessage(" " + spent);
    bar.step();
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
    }
  }
}
