/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AsyncProducer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;

/** One run of the batch route, from the first document to the report. */
final class BatchRun {

  private final BatchSettings settings;
  private final Path out;
  private final PrintWriter terminal;

  /**
   * @param out the folder for the results; exists
   * @param terminal is told how the run goes
   */
  BatchRun(BatchSettings settings, Path out, PrintWriter terminal) {
    this.settings = settings;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Brings all documents through the route, or, if the process is told to end, those that have
   * begun.
   *
   * @return whether none failed and none is left
   * @throws CannotStartException if the route does not start
   */
  boolean execute(List<Path> documents) throws Exception {
    Totals totals = new Totals();
    Progress progress = Progress.of(terminal, documents.size());
    Results results = new Results(totals, progress);
    Main main = configured(results);
    try {
      start(main);
      Path report = out.resolve("report.md");
      Files.deleteIfExists(report); // It would belie the new results, should this run not get far.
      try (ResultsFile file = new ResultsFile(out.resolve("results.jsonl"))) {
        results.writeTo(file);
        Duration time = send(documents, main, progress);
        Report.write(report, settings, time, totals, file);
        Summary.print(terminal, time, totals, documents.size());
      }
    } finally {
      main.stop(); // The last: once it has stopped, a process that is told to end is gone.
    }
    tellWhereToLook(totals);
    return totals.completed() == documents.size();
  }

  private static Duration send(List<Path> documents, Main main, Progress progress)
      throws Exception {
    progress.start();
    try (AsyncProducer route =
        main.getCamelContext().getEndpoint("direct:document").createAsyncProducer()) {
      route.start();
      long start = System.nanoTime();
      new Feeder(route, main.getShutdownStrategy()::isRunAllowed).send(documents);
      return Duration.ofNanos(System.nanoTime() - start);
    } finally {
      progress.end();
    }
  }

  private void tellWhereToLook(Totals totals) {
    terminal.printf("Results: %s%n", out.resolve("results.jsonl"));
    terminal.printf("Report:  %s%n", out.resolve("report.md"));
    if (totals.traceId() != null) {
      terminal.printf(
          "Traces:  one for each document, such as %s; results.jsonl has the traceId of each%n",
          totals.traceId());
    }
    terminal.flush();
  }

  private Main configured(Results results) {
    Main main = new Main();
    main.bind("results", results);
    if (settings.dsl() == BatchSettings.Dsl.java) {
      main.configure().addRoutesBuilder(new BatchRoute());
    } else {
      main.configure().withRoutesIncludePattern("classpath:routes/batch.camel.yaml");
    }
    main.addInitialProperty("batch.provider", settings.provider());
    main.addInitialProperty("batch.concurrency", Integer.toString(settings.concurrency()));
    if (settings.model() != null) {
      main.addInitialProperty("batch.model", settings.model());
    }
    if (settings.baseUrl() != null) {
      main.addInitialProperty(
          "camel.component.llm.providers[%s].base-url".formatted(settings.provider()),
          settings.baseUrl());
    }
    if (settings.streamed()) {
      main.addInitialProperty("batch.streamMode", "aggregate");
    }
    return main;
  }

  /** What is wrong with the provider or its configuration is the last cause of a long story. */
  private static void start(Main main) throws Exception {
    try {
      main.start();
    } catch (RuntimeCamelException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new CannotStartException(String.valueOf(reason.getMessage()), e);
    }
  }
}
