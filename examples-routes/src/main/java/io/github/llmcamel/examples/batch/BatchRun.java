/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static io.github.llmcamel.examples.stages.StageInterceptor.Answers.OF_MODELS;
import static io.github.llmcamel.examples.stages.StageInterceptor.Answers.SIMULATED;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Starter;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.CallEstimate;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.Concurrency;
import io.github.llmcamel.examples.stages.Gates;
import io.github.llmcamel.examples.stages.StageInterceptor;
import io.github.llmcamel.price.PriceTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.main.Main;

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
  private final Sending sending;
  private Totals totals = new Totals();

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
    this.gate =
        settings.isDry()
            ? new Gates(List.of(estimate, concurrency))
            : RunLimits.gate(settings.limits(), this::prices, concurrency);
    this.sending = new Sending(settings, main, gate, concurrency, terminal);
    this.deadLetters = new DeadLetters(settings.isDry() ? null : out.deadLetters());
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
    sending.count();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Ledger ledger = openLedger()) {
      RunEnd end = settings.isDry() ? forecast(ledger.readOnly(), pool) : work(ledger, pool);
      return totals.failed() == 0 && (end.left() == 0 || settings.isWatch());
    } catch (LedgerException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    } finally {
      pool.shutdown();
    }
  }

  private Ledger openLedger() throws LedgerException {
    return settings.isDry()
        ? Ledger.openExistingOrEmpty(settings.ledger())
        : Ledger.open(settings.ledger());
  }

  /** Another run that writes the same results is refused before it takes any from this one. */
  private RunEnd work(Ledger ledger, ExecutorService pool) throws Exception {
    try (ResultsFile file = resultsFile()) {
      return work(ledger, pool, file);
    }
  }

  private RunEnd work(Ledger ledger, ExecutorService pool, ResultsFile file) throws Exception {
    Progress progress =
        Progress.of(terminal, sending.expected(), settings.sharing() == null ? concurrency : null)
            .and(new RunRecord(ledger, sending::documents));
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
      RunEnd end = sending.send(progress, ending, totals);
      if (settings.isWatch()) {
        keepLast(file);
      }
      Report.write(out.report(), settings, end, totals, file);
      Summary.print(terminal, end, totals);
      Summary.printWhereToLook(terminal, out, totals);
      return end;
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

  private RunEnd forecast(StageMemory memory, ExecutorService pool) throws Exception {
    Progress progress = Progress.of(terminal, sending.expected(), concurrency);
    Results results = new Results(memory, totals, progress, pool, null);
    configure(
        results, new StageInterceptor(memory, gate, pool, settings.retriesFailed(), SIMULATED));
    Ending ending = new Ending(main, terminal, GRACE);
    try {
      Starter.start(main);
      RunEnd end = sending.send(progress, ending, totals);
      Forecast.print(terminal, estimate, totals);
      return end;
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

  private void configure(Results results, StageInterceptor stages) {
    main.bind("stages", stages);
    main.configure().addRoutesBuilder(new ResultRoutes(results, deadLetters));
  }
}
