/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told.
 *
 * @param isWatch whether documents are awaited that arrive in the folders, until it is to end
 * @param concurrency how many documents this process works on at once; 1 and above
 * @param isAdaptive whether it begins with fewer
 * @param ledger the URL of the ledger's database
 * @param retriesFailed whether documents that failed in an earlier run are worked on again
 * @param isDry whether nothing is to be sent or written, only estimated
 * @param sharing null if all is done in this process
 */
record BatchSettings(
    BatchInputs inputs,
    boolean isWatch,
    Asked asked,
    int concurrency,
    boolean isAdaptive,
    Limits limits,
    String ledger,
    boolean retriesFailed,
    boolean isDry,
    @Nullable Sharing sharing) {

  /** How many documents are worked on at once, for a reader. */
  String atOnce() {
    String here = "%s%d documents at a time".formatted(isAdaptive ? "up to " : "", concurrency);
    return sharing == null
        ? here
        : sharing.works() ? here + ", and others by other processes" : "by other processes";
  }

  /**
   * Who is asked, and how.
   *
   * @param model null leaves it to the configuration
   * @param baseUrl null leaves it to the configuration
   * @param streamed whether answers travel as streams; only then the time to the first token is
   *     known
   * @param prices a file with prices that go before those that come with the component; null for
   *     none
   * @param routes where the route is; null for {@link BatchRoute}
   */
  record Asked(
      String provider,
      @Nullable String model,
      @Nullable String baseUrl,
      @Nullable String prices,
      boolean streamed,
      @Nullable String routes) {}

  /**
   * What a run may come to, each null if it has no limit.
   *
   * @param tokens input and output together
   * @param cost in the currency of the price table
   * @param time from its start
   */
  record Limits(@Nullable Long tokens, @Nullable BigDecimal cost, @Nullable Duration time) {}
}
