/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@link BatchRoute} over a folder. */
@Command(
    name = "batch",
    description = "Classifies, summarises and extracts facts from every document of a folder.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BatchCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", description = "The folder with the documents.")
  private Path folder = Path.of(System.getProperty("examples.home", "."), "samples", "documents");

  @Option(names = "--provider", description = "Who answers, as in llm:<provider>.")
  private String provider = "simulator";

  @Option(names = "--model", description = "The model; the simulator's is demo.")
  private @Nullable String model;

  @Option(names = "--out", description = "The folder for the results.")
  private Path out = Path.of("out");

  @Option(names = "--concurrency", description = "How many documents are worked on at once.")
  private int concurrency = 8;

  @Override
  public Integer call() throws Exception {
    if (concurrency < 1) {
      throw refused("--concurrency is %d; it must be 1 or more.".formatted(concurrency));
    }
    List<Path> documents = documents();
    Files.createDirectories(out);
    PrintWriter terminal = spec.commandLine().getOut();
    Path file = out.resolve("results.jsonl");
    try (Results results = new Results(file, terminal, documents.size())) {
      run(results, documents);
      results.printSummary();
      terminal.println("Results: " + file);
      terminal.flush();
      return results.hasFailures() ? 1 : 0;
    }
  }

  private List<Path> documents() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw refused("There is no folder " + folder + ". Name one that exists.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void run(Results results, List<Path> documents) throws Exception {
    Main main = new Main();
    main.configure().addRoutesBuilder(new BatchRoute(results));
    main.addInitialProperty("batch.provider", provider);
    main.addInitialProperty("batch.concurrency", Integer.toString(concurrency));
    if (model != null) {
      main.addInitialProperty("batch.model", model);
    } else if (provider.equals("simulator")) {
      main.addInitialProperty("batch.model", "demo");
    }
    try {
      start(main);
      main.getCamelTemplate().requestBody("direct:batch", documents);
    } finally {
      main.stop();
    }
  }

  /** What is wrong with the provider or its configuration is the last cause of a long story. */
  private void start(Main main) throws Exception {
    try {
      main.start();
    } catch (RuntimeCamelException e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw refused(String.valueOf(reason.getMessage()));
    }
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
