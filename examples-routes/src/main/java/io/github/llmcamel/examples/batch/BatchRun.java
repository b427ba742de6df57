/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import io.github.llmcamel.examples.launch.Starter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AsyncProducer;
import org.apache.camel.main.Main;

/** One run of the batch route, from the first document to the report. */
final class BatchRun {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String RESULTS = "results.jsonl";
  private static final String REPORT = "report.md";

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
    Ending ending = new Ending(main, terminal, GRACE);
    try {
      Starter.start(main);
      main.getShutdownStrategy().addShutdownListener(ending::begin);
      try (ResultsFile file = resultsFile()) {
        Files.deleteIfExists(out.resolve(REPORT)); // It would belie the new results.
        results.writeTo(file);
        Duration time = send(documents, main, progress, ending);
        Report.write(out.resolve(REPORT), settings, time, totals, file);
        Summary.print(terminal, time, totals, documents.size());
        tellWhereToLook(totals);
      }
    } finally {
      ending.isOver();
      main.stop();
    }
    return totals.completed() == documents.size();
  }

  private ResultsFile resultsFile() throws CannotStartException {
    try {
      return new ResultsFile(out.resolve(RESULTS));
    } catch (IOException e) {
      throw new CannotStartException("--out is %s: %s.".formatted(out, e.getMessage()), e);
    }
  }

  private static Duration send(List<Path> documents, Main main, Progress progress, Ending ending)
      throws Exception {
    progress.start();
    try (AsyncProducer route =
        main.getCamelContext().getEndpoint("direct:document").createAsyncProducer()) {
      route.start();
      long start = System.nanoTime();
      new Feeder(route, ending::isFarAway).send(documents);
      return Duration.ofNanos(System.nanoTime() - start);
    } finally {
      progress.end();
    }
  }

  private void tellWhereToLook(Totals totals) {
    terminal.printf("Results: %s%n", out.resolve(RESULTS));
    terminal.printf("Report:  %s%n", out.resolve(REPORT));
    if (totals.traceId() != null) {
      terminal.printf(
          "Traces:  look in your backend for the traceId of a line of %s, such as %s%n",
          RESULTS, totals.traceId());
    }
    terminal.flush();
  }

  private Main configured(Results results) {
    Main main = new Main();
    main.bind("results", results);
    if (settings.dsl() == Dsl.java) {
      main.configure().addRoutesBuilder(new BatchRoute());
    } else {
      main.configure().withRoutesIncludePattern("classpath:routes/batch.camel.yaml");
    }
    main.addInitialProperty("batch.provider", settings.provider());
    main.addInitialProperty("batch.concurrency", Integer.toString(settings.concurrency()));
    String prefix =
        settings.provider().equals("default")
            ? "camel.component.llm."
            : "camel.component.llm.providers[%s].".formatted(settings.provider());
    if (settings.model() != null) {
      main.addInitialProperty(prefix + "model", settings.model());
    }
    if (settings.baseUrl() != null) {
      main.addInitialProperty(prefix + "base-url", settings.baseUrl());
    }
    if (settings.streamed()) {
      main.addInitialProperty("camel.component.llm.stream-mode", "aggregate");
    }
    return main;
  }
}
