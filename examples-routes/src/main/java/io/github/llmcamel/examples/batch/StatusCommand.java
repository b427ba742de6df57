/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerException;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what a ledger has, also while a run of another process writes it. */
@Command(
    name = "status",
    description = "Tells how far a batch has come, while it runs or afterwards.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StatusCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--out", description = "The folder of the results.")
  private Path out = Path.of("out");

  @Option(
      names = "--ledger",
      paramLabel = "JDBC-URL",
      description = "The database that knows what is done; a file in --out, if none is named.")
  private @Nullable String ledger;

  @Override
  public Integer call() throws InterruptedException {
    try {
      StatusReport.print(
          spec.commandLine().getOut(), summary(), Clock.system(ZoneId.systemDefault()));
      return 0;
    } catch (LedgerException e) {
      throw new ParameterException(
          spec.commandLine(),
          (ledger == null ? "--out is %s. ".formatted(out) : "") + e.getMessage());
    }
  }

  private LedgerSummary summary() throws LedgerException, InterruptedException {
    String url = ledger == null ? Ledger.file(new OutFolder(out).ledger()) : ledger;
    try (Ledger opened = Ledger.openExisting(url)) {
      return opened.summary().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LedgerException reason) {
        throw reason;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
