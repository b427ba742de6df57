/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static io.github.llmcamel.examples.stages.StageInterceptor.Answers.OF_MODELS;
import static io.github.llmcamel.examples.stages.StageInterceptor.Answers.SIMULATED;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.examples.distribute.OtherPipelineException;
import io.github.llmcamel.examples.documents.DocumentSource;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Starter;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.Budget;
import io.github.llmcamel.examples.stages.CallEstimate;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.Concurrency;
import io.github.llmcamel.examples.stages.Deadline;
import io.github.llmcamel.examples.stages.Gates;
import io.github.llmcamel.examples.stages.StageInterceptor;
import io.github.llmcamel.price.PriceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Brings the documents of a run through the route, and reports. */
final class BatchRun {

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int THREADS = 4;

  private final BatchSettings settings;
  private final OutFolder out;
  private final PrintWriter terminal;
  private final Concurrency concurrency;
  private final CallGate gate;
  private final CallEstimate estimate = new CallEstimate(this::prices);
  private final Main main;
  private final DeadLetters deadLetters;
  private Totals totals = new Totals();
  private volatile long documents;
  private long left;

  /**
   * @param out the folder for the results; exists
   * @param terminal is told how the run goes
   */
  BatchRun(BatchSettings settings, OutFolder out, PrintWriter terminal) {
    this.settings = settings;
    this.out = out;
    this.terminal = terminal;
    this.concurrency =
        settings.isAdaptive()
            ? Concurrency.adaptive(settings.concurrency())
            : Concurrency.fixed(settings.concurrency());
    this.main = Pipeline.configured(settings.asked());
    this.gate = gate();
    this.deadLetters = new DeadLetters(settings.isDry() ? null : out.deadLetters());
  }

  private CallGate gate() {
    if (settings.isDry()) {
      return new Gates(List.of(estimate, concurrency));
    }
    List<CallGate> gates = new ArrayList<>();
    BatchSettings.Limits limits = settings.limits();
    if (limits.tokens() != null) {
      gates.add(Budget.ofTokens(limits.tokens()));
    }
    if (limits.cost() != null) {
      gates.add(Budget.ofCost(limits.cost(), this::prices));
    }
    if (limits.time() != null) {
      Clock clock = Clock.systemUTC();
      gates.add(new Deadline(clock.instant().plus(limits.time()), clock));
    }
    gates.add(concurrency);
    return new Gates(gates);
  }

  private PriceTable prices() {
    return main.getCamelContext().getComponent("llm", LlmComponent.class).prices();
  }

  /**
   * Brings all documents through the route, or, if the process is told to end or a budget is spent,
   * those that have begun.
   *
   * @return whether none failed and none is left, as far as there is an end to them
   * @throws CannotStartException if the route does not start
   */
  boolean execute() throws Exception {
    if (!settings.isWatch()) {
      documents = settings.inputs().count();
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Ledger ledger = openLedger()) {
      if (settings.isDry()) {
        forecast(ledger.readOnly(), pool);
      } else {
        work(ledger, pool);
      }
    } catch (LedgerException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    } finally {
      pool.shutdown();
    }
    return totals.failed() == 0 && (left == 0 || settings.isWatch());
  }

  private Ledger openLedger() throws LedgerException {
    return settings.isDry()
        ? Ledger.openExistingOrEmpty(settings.ledger())
        : Ledger.open(settings.ledger());
  }

  /** Another run that writes the same results is refused before it takes any from this one. */
  private void work(Ledger ledger, ExecutorService pool) throws Exception {
    try (ResultsFile file = resultsFile()) {
      work(ledger, pool, file);
    }
  }

  private void work(Ledger ledger, ExecutorService pool, ResultsFile file) throws Exception {
    Progress progress =
        Progress.of(terminal, expected(), settings.sharing() == null ? concurrency : null)
            .and(new RunRecord(ledger, () -> documents));
    Results results = new Results(ledger, totals, progress, pool, file);
    configure(
        results, new StageInterceptor(ledger, gate, pool, settings.retriesFailed(), OF_MODELS));
    if (settings.sharing() != null) {
      settings.sharing().addTo(main, out.sender(), ledger, pool, settings);
    }
    Ending ending = new Ending(main, terminal, GRACE);
    try (DeadlineTimer timer = new DeadlineTimer(settings.limits().time(), ending::cancel)) {
      Starter.start(main);
      main.getShutdownStrategy().addShutdownListener(ending::begin);
      deadLetters.clear();
      file.clear();
      Files.deleteIfExists(out.report()); // It would belie the new results.
      timer.start();
      RunEnd end = send(progress, ending);
      if (settings.isWatch()) {
        keepLast(file);
      }
      Report.write(out.report(), settings, end, totals, file);
      Summary.print(terminal, end, totals);
      tellWhereToLook();
    } finally {
      ending.isOver();
      main.stop();
    }
  }

  /** A document that has changed meanwhile came again. */
  private void keepLast(ResultsFile file) throws IOException {
    if (file.keepLast()) {
      Totals last = new Totals();
      file.forEach(
          result -> {
            last.add(result);
            if (!result.isFailed()) {
              deadLetters.remove(result); // An older text of it may have failed.
            }
          });
      totals = last;
    }
  }

  private void forecast(StageMemory memory, ExecutorService pool) throws Exception {
    Progress progress = Progress.of(terminal, expected(), concurrency);
    Results results = new Results(memory, totals, progress, pool, null);
    configure(
        results, new StageInterceptor(memory, gate, pool, settings.retriesFailed(), SIMULATED));
    Ending ending = new Ending(main, terminal, GRACE);
    try {
      Starter.start(main);
      send(progress, ending);
      Forecast.print(terminal, estimate, totals);
    } finally {
      ending.isOver();
      main.stop();
    }
  }

  private ResultsFile resultsFile() throws CannotStartException {
    try {
      return new ResultsFile(out.results());
    } catch (IOException e) {
      throw new CannotStartException("--out is %s: %s.".formatted(out.path(), e.getMessage()), e);
    }
  }

  /** How many documents will come; null if nobody knows. */
  private @Nullable Long expected() {
    return settings.isWatch() ? null : Long.valueOf(documents);
  }

  private RunEnd send(Progress progress, Ending ending) throws Exception {
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
      left = documents - totals.documents();
      return new RunEnd(
          Duration.ofNanos(System.nanoTime() - start),
          left,
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

  private void tellWhereToLook() {
    terminal.printf("Results: %s%n", out.results());
    terminal.printf("Report:  %s%n", out.report());
    if (totals.failed() > 0) {
      terminal.printf("Failed:  %s; --retry-failed works on them again%n", out.deadLetters());
    }
    if (totals.traceId() != null) {
      terminal.printf(
          "Traces:  look in your backend for the traceId of a line of %s, such as %s%n",
          out.results().getFileName(), totals.traceId());
    }
    terminal.flush();
  }

  private void configure(Results results, StageInterceptor stages) {
    main.bind("stages", stages);
    main.configure().addRoutesBuilder(new ResultRoutes(results, deadLetters));
  }
}
