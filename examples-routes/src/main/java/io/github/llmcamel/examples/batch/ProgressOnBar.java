/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar that moves, with the number of failures beside it. */
final class ProgressOnBar implements Progress {

  private final ProgressBarBuilder builder;
  private @Nullable ProgressBar bar;
  private int failed;

  /**
   * @param documents how many will come
   */
  ProgressOnBar(long documents) {
    this(new ProgressBarBuilder(), documents);
  }

  /**
   * @param builder says where the bar is drawn
   */
  ProgressOnBar(ProgressBarBuilder builder, long documents) {
    this.builder = builder.setTaskName("documents").setInitialMax(documents);
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
    if (result.isFailed()) {
      failed++;
      bar.setExtraMessage(failed + " failed");
    }
    bar.step();
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
    }
  }
}
