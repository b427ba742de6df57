/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.distribute.Outstanding;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.ledger.StageMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * A run that shares its work with other processes: it sends documents and collects what became of
 * them.
 *
 * @param sender who waits for results; the same in the next run
 * @param works whether this process works on documents, too
 */
record Sharing(Distribution distribution, String sender, boolean works) {

  /** Documents that are out at once, sent and not answered. */
  private static final int WINDOW = 1000;

  /** The route of the pipeline, which stays as it is. */
  private static final String PIPELINE = "batch";

  /** What waits for results at this place: known by its machine and its folder. */
  static String senderOf(Path out) throws IOException {
    String place = machine() + ":" + out.toRealPath();
    return "batch-" + UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // A machine without a name has no others to be told from.
    }
  }

  /** How many documents may be out at once. */
  static int window(CamelContext camel) {
    return Integer.parseInt(camel.resolvePropertyPlaceholders("{{distribute.window}}"));
  }

  /**
   * Before the context starts.
   *
   * @throws CannotStartException if the broker cannot be used
   */
  void addTo(Main main, StageMemory ledger, Executor pool, BatchSettings settings)
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
