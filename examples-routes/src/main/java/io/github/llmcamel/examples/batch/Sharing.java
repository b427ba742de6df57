/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.distribute.Outstanding;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.ledger.StageMemory;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * A run that shares its work with other processes: it sends documents and collects what became of
 * them.
 *
 * @param works whether this process works on documents, too
 */
record Sharing(Distribution distribution, boolean works) {

  /** Documents that are out at once, sent and not answered. */
  private static final int WINDOW = 1000;

  /** The route of the pipeline, which stays as it is. */
  private static final String PIPELINE = "batch";

  /** How many documents may be out at once. */
  static int window(CamelContext camel) {
    return Integer.parseInt(camel.resolvePropertyPlaceholders("{{distribute.window}}"));
  }

  /**
   * Before the context starts.
   *
   * @param sender who waits for results; the same in the next run
   * @throws CannotStartException if the broker cannot be used
   */
  void addTo(Main main, String sender, StageMemory ledger, Executor pool, BatchSettings settings)
      throws CannotStartException {
    distribution.prepare();
    Outstanding outstanding = new Outstanding(sender, pool);
    main.configure()
        .addRoutesBuilder(
            new FeedRoute(
                new KnownResults(ledger, pool, settings.retriesFailed()),
                outstanding,
                new ResultCollector(outstanding, ledger, pool)));
    main.bind("messages", new MessageConverters());
    main.addInitialProperty("distribute.window", Integer.toString(WINDOW));
    distribution.addTo(main, sender, settings.concurrency());
    if (!works) {
      main.configure().setAutoStartupExcludePattern(PIPELINE);
    }
  }
}
