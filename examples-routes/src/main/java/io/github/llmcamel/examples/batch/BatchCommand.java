/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", description = "The folder with the documents.")
  private Path folder = Path.of(System.getProperty("examples.home", "."), "samples", "documents");

  @Option(names = "--provider", description = "Who answers: what stands behind llm: in a route.")
  private String provider = "simulator";

  @Option(names = "--model", description = "The model; for the simulator demo.")
  private @Nullable String model;

  @Option(names = "--base-url", description = "Where the provider is, if not where it is expected.")
  private @Nullable String baseUrl;

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("out");

  @Option(names = "--concurrency", description = "How many documents are worked on at once.")
  private int concurrency = 8;

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
    if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
      throw refused(
          "--concurrency is %d; it must be between 1 and %d.".formatted(concurrency, MOST_AT_ONCE));
    }
    if (model == null && provider.equals("simulator")) {
      model = "demo";
    }
    List<Path> documents = documents();
    createOut();
    BatchSettings settings =
        new BatchSettings(folder, provider, model, baseUrl, streamed, concurrency, dsl);
    try {
      return new BatchRun(settings, out, spec.commandLine().getOut()).execute(documents) ? 0 : 1;
    } catch (CannotStartException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private List<Path> documents() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw refused("There is no folder " + folder + ". Name one that exists.");
    }
    if (Files.isDirectory(out) && Files.isSameFile(out, folder)) {
      throw refused("--out is the folder of the documents. Name another one.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> documents = files.filter(BatchCommand::isDocument).sorted().toList();
      if (documents.isEmpty()) {
        throw refused("The folder " + folder + " has no files. Name one with documents.");
      }
      return documents;
    } catch (AccessDeniedException e) {
      throw refused("The folder %s cannot be read. Check its permissions.".formatted(folder));
    }
  }

  /** Hidden files are the system's, not the user's. */
  private static boolean isDocument(Path file) {
    return Files.isRegularFile(file) && !file.toFile().isHidden();
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
