/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.documents.RowFields;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.ledger.Ledger;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the batch route over a folder. */
@Command(
    name = "batch",
    description = "Classifies, summarises and extracts facts from every document of a folder.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BatchCommand implements Callable<Integer> {

  /** As many calls as Camel lets wait to be repeated. */
  private static final int MOST_AT_ONCE = 1_000;

  private static final int MOST_AT_ONCE_OF_ITSELF = 64;
  private static final String AUTO = "auto";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "DOCUMENTS",
      arity = "0..*",
      description = "Files and folders with documents; the samples, if none are named.",
      defaultValue = "${sys:examples.home:-.}/samples/documents")
  private List<String> inputs = List.of();

  @Mixin private final AskedOptions asked = new AskedOptions();

  @Option(
      names = "--text-field",
      paramLabel = "NAME",
      description =
          "The column of CSV, or the member of JSON, that is the text of a row; all of it, if none"
              + " is named.")
  private @Nullable String textField;

  @Option(
      names = "--id-field",
      paramLabel = "NAME",
      description =
          "The column, or member, that tells a row from all others of its file; its number, if"
              + " none is named.")
  private @Nullable String idField;

  @Option(
      names = "--watch",
      description =
          "Works on what is in the folders, and on whatever arrives there, until it is told to end.")
  private boolean watches;

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("out");

  @Option(
      names = "--concurrency",
      description =
          "How many documents are worked on at once: a number, or auto, which starts low and grows"
              + " while answers take no longer, up to 64; with --distribute it is 8.")
  private String concurrency = AUTO;

  @Option(
      names = "--ledger",
      paramLabel = "JDBC-URL",
      description = "The database that knows what is done; a file in --out, if none is named.")
  private @Nullable String ledger;

  @Option(
      names = "--retry-failed",
      description = "Works on documents again that failed in an earlier run.")
  private boolean retriesFailed;

  @Option(
      names = "--max-tokens",
      description = "Stops before more tokens are spent, input and output together.")
  private @Nullable Long maxTokens;

  @Option(
      names = "--max-cost",
      description = "Stops before more money is spent, in the currency of the price table.")
  private @Nullable BigDecimal maxCost;

  @Option(
      names = "--dry-run",
      description = "Sends nothing and writes nothing: estimates calls, tokens and cost.")
  private boolean isDry;

  @Option(
      names = "--deadline",
      description = "Stops before so much time has passed, such as 90m or 8h.")
  private @Nullable String deadline;

  @Option(
      names = "--distribute",
      paramLabel = "WHERE",
      description =
          "Shares the work with other processes, see run worker: kafka:host:port,"
              + " artemis:host:port, or a file of properties.")
  private @Nullable String distribute;

  @Option(
      names = "--work",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether this process works on documents that it shares, too.")
  private boolean works;

  @Override
  public Integer call() throws Exception {
    BatchInputs documents = checkedInputs();
    if (!isDry) {
      createOut();
    }
    try {
      BatchRun run =
          new BatchRun(settings(documents), new OutFolder(out), spec.commandLine().getOut());
      return run.execute() ? 0 : 1;
    } catch (CannotStartException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private BatchInputs checkedInputs() throws IOException {
    BatchInputs documents =
        new BatchInputs(inputs, new RowFields(textField, idField), new OutFolder(out));
    if (watches && isDry) {
      throw refused("--watch does not end by itself, so --dry-run would not. Leave one out.");
    }
    try {
      if (watches) {
        documents.checkFolders();
      } else {
        documents.check();
      }
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    return documents;
  }

  private BatchSettings settings(BatchInputs documents) {
    return new BatchSettings(
        documents,
        watches,
        asked.asked(),
        concurrency.equals(AUTO) ? mostOfItself() : atOnce(),
        concurrency.equals(AUTO) && distribute == null,
        new BatchSettings.Limits(
            positive("--max-tokens", maxTokens), positive("--max-cost", maxCost), time()),
        ledger(),
        retriesFailed,
        isDry,
        sharing());
  }

  private String ledger() {
    return ledger == null ? Ledger.file(new OutFolder(out).ledger()) : ledger;
  }

  /** With a broker between, each document that is worked on is a consumer. */
  private int mostOfItself() {
    return distribute == null ? MOST_AT_ONCE_OF_ITSELF : WorkerCommand.CONCURRENCY;
  }

  private @Nullable Sharing sharing() {
    if (distribute == null || isDry) {
      return null;
    }
    if (maxTokens != null || maxCost != null || deadline != null) {
      throw refused(
          "--distribute knows no --max-tokens, --max-cost and --deadline: workers spend on their"
              + " own. Stop the workers, or limit the key that they use.");
    }
    try {
      return new Sharing(Distribution.of(distribute), works);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private int atOnce() {
    int most = distribute == null ? MOST_AT_ONCE : WorkerCommand.MOST_AT_ONCE;
    try {
      int number = Integer.parseInt(concurrency);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refused(
        "--concurrency is %s; it must be auto, or between 1 and %d%s."
            .formatted(concurrency, most, distribute == null ? "" : " with --distribute"));
  }

  private <T extends Number> @Nullable T positive(String option, @Nullable T value) {
    if (value != null && value.doubleValue() <= 0) {
      throw refused("%s is %s; it must be above 0.".formatted(option, value));
    }
    return value;
  }

  private @Nullable Duration time() {
    if (deadline == null) {
      return null;
    }
    try {
      Duration time = Duration.ofMillis(TimeUtils.toMilliSeconds(deadline));
      if (!time.isNegative() && !time.isZero()) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw refused("--deadline is %s; it must be a time such as 90m or 8h.".formatted(deadline));
  }

  private void createOut() throws IOException {
    try {
      Files.createDirectories(out);
    } catch (FileAlreadyExistsException e) {
      throw refused("--out is %s, which is a file. Name a folder.".formatted(out));
    } catch (AccessDeniedException e) {
      throw refused("--out is %s, which cannot be made. Check its permissions.".formatted(out));
    }
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
