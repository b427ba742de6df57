/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.DocumentSource;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
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

  private static final int MOST_AT_ONCE = 10_000;
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

  @Option(names = "--provider", description = "Who answers: what stands behind llm: in a route.")
  private String provider = "simulator";

  @Option(names = "--model", description = "The model; for the simulator demo.")
  private @Nullable String model;

  @Option(names = "--base-url", description = "Where the provider is, if not where it is expected.")
  private @Nullable String baseUrl;

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("out");

  @Option(
      names = "--concurrency",
      description =
          "How many documents are worked on at once: a number, or auto, which starts low and grows"
              + " while answers take no longer, up to 64.")
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
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of models, which go before those that are known.")
  private @Nullable Path prices;

  @Option(
      names = "--dry-run",
      description = "Sends nothing and writes nothing: estimates calls, tokens and cost.")
  private boolean isDry;

  @Option(
      names = "--deadline",
      description = "Stops before so much time has passed, such as 90m or 8h.")
  private @Nullable String deadline;

  @Option(
      names = "--stream",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether answers travel as streams, which tells the time to the first token.")
  private boolean streamed;

  @Option(names = "--dsl", description = "The language of the route: ${COMPLETION-CANDIDATES}.")
  private Dsl dsl = Dsl.java;

  @Override
  public Integer call() throws Exception {
    if (model == null && provider.equals("simulator")) {
      model = "demo";
    }
    checkInputs();
    if (!isDry) {
      createOut();
    }
    try {
      return new BatchRun(settings(), out, spec.commandLine().getOut()).execute() ? 0 : 1;
    } catch (CannotStartException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private BatchSettings settings() {
    boolean isAdaptive = concurrency.equals(AUTO);
    return new BatchSettings(
        inputs,
        new BatchSettings.Asked(
            provider, model, baseUrl, prices == null ? null : "file:" + prices, streamed, dsl),
        isAdaptive ? MOST_AT_ONCE_OF_ITSELF : atOnce(),
        isAdaptive,
        new BatchSettings.Limits(
            positive("--max-tokens", maxTokens), positive("--max-cost", maxCost), time()),
        ledger == null ? Ledger.file(out.resolve("ledger")) : ledger,
        retriesFailed,
        isDry);
  }

  private int atOnce() {
    try {
      int number = Integer.parseInt(concurrency);
      if (number >= 1 && number <= MOST_AT_ONCE) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refused(
        "--concurrency is %s; it must be auto, or between 1 and %d."
            .formatted(concurrency, MOST_AT_ONCE));
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

  private void checkInputs() throws IOException {
    for (String input : inputs) {
      Path path = Path.of(input);
      if (Files.isDirectory(out) && Files.isDirectory(path) && Files.isSameFile(out, path)) {
        throw refused("--out is the folder of the documents. Name another one.");
      }
    }
    try (DocumentSource documents = DocumentSource.of(inputs)) {
      if (!documents.hasNext()) {
        throw refused(
            "There are no files in %s. Name files or folders with documents."
                .formatted(String.join(", ", inputs)));
      }
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
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
