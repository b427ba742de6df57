/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.OtherPipelineException;
import io.github.llmcamel.examples.documents.DocumentSource;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.Concurrency;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Finds the documents of a run, and sends them into the route. */
final class Sending {

  private final BatchSettings settings;
  private final Main main;
  private final CallGate gate;
  private final Concurrency concurrency;
  private final PrintWriter terminal;
  private volatile long documents;

  /**
   * @param main has the route; started before documents are sent
   * @param gate says when no more calls may go out
   * @param concurrency how many documents may be under way, unless others work on them
   */
  Sending(
      BatchSettings settings,
      Main main,
      CallGate gate,
      Concurrency concurrency,
      PrintWriter terminal) {
    this.settings = settings;
    this.main = main;
    this.gate = gate;
    this.concurrency = concurrency;
    this.terminal = terminal;
  }

  /** Looks how many documents there are, if that has an end. */
  void count() throws IOException {
    if (!settings.isWatch()) {
      documents = settings.inputs().count();
    }
  }

  /** How many documents there are, as far as is known. */
  long documents() {
    return documents;
  }

  /** How many documents will come; null if nobody knows. */
  @Nullable Long expected() {
    return settings.isWatch() ? null : Long.valueOf(documents);
  }

  /**
   * Returns when all documents are through, or when it is time to end.
   *
   * @param progress is begun and ended
   * @param ending says whether there is still time
   * @param totals of the documents that are through
   */
  RunEnd send(Progress progress, Ending ending, Totals totals) throws Exception {
    if (settings.isWatch()) {
      terminal.printf("Watching %s.%n", String.join(", ", settings.inputs().names()));
      terminal.flush();
    }
    progress.start();
    try (BatchSpans spans = BatchSpans.begin(main.getCamelContext(), expected());
        AsyncProducer route =
            main.getCamelContext().getEndpoint("direct:document").createAsyncProducer()) {
      route.start();
      long start = System.nanoTime();
      Feeder feeder =
          new Feeder(
              route, spans, () -> ending.isFarAway() && gate.exhausted() == null, mostAtOnce());
      String trouble = feed(feeder);
      return new RunEnd(
          Duration.ofNanos(System.nanoTime() - start),
          documents - totals.documents(),
          trouble == null ? gate.exhausted() : trouble);
    } finally {
      progress.end();
    }
  }

  /**
   * Sends all documents.
   *
   * @return why the ledger keeps nothing any more, or workers are of no use; null if all is well
   */
  private @Nullable String feed(Feeder feeder) throws Exception {
    try {
      sendAll(feeder);
      return null;
    } catch (LedgerException | OtherPipelineException e) {
      return e.getMessage();
    }
  }

  /** There may be others by now than those that were counted. */
  private void sendAll(Feeder feeder) throws Exception {
    if (settings.isWatch()) {
      try (Arrivals arrivals = new Arrivals()) {
        watch(arrivals);
        feeder.sendAll(arrivals);
        documents = feeder.sent();
      }
    } else {
      try (DocumentSource source = settings.inputs().open()) {
        boolean areAllSent = feeder.sendAll(source);
        documents = areAllSent ? feeder.sent() : Math.max(documents, feeder.sent() + 1);
      }
    }
  }

  private void watch(Arrivals arrivals) throws Exception {
    CamelContext camel = main.getCamelContext();
    camel.addRoutes(arrivals);
    for (RouteBuilder folder : settings.inputs().watched()) {
      camel.addRoutes(folder);
    }
  }

  /** Documents that others work on need a larger number than those that this process works on. */
  private IntSupplier mostAtOnce() {
    Sharing sharing = settings.sharing();
    if (sharing == null) {
      return concurrency::limit;
    }
    int window = Sharing.window(main.getCamelContext());
    return () -> window;
  }
}
