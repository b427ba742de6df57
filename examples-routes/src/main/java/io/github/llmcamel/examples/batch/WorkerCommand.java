/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static io.github.llmcamel.examples.stages.StageInterceptor.Answers.OF_MODELS;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Starter;
import io.github.llmcamel.examples.ledger.StageMemory;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.StageInterceptor;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Works on documents that other processes send, until it is told to end. It has no state: what it
 * found out goes into its messages.
 */
@Command(
    name = "worker",
    description = "Works on the documents that run batch --distribute sends.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class WorkerCommand implements Callable<Integer> {

  /** Documents at once, unless asked otherwise. */
  static final int CONCURRENCY = 8;

  /** A consumer of its own, with a thread of its own, for each. */
  static final int MOST_AT_ONCE = 256;

  private static final int THREADS = 4;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--distribute",
      paramLabel = "WHERE",
      required = true,
      description =
          "Where documents come from: kafka:host:port, artemis:host:port, or a file of properties.")
  private String distribute;

  @Option(names = "--concurrency", description = "How many documents are worked on at once.")
  private int concurrency = CONCURRENCY;

  @Mixin private final AskedOptions asked = new AskedOptions();

  @Override
  public Integer call() throws Exception {
    if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
      throw refused(
          "--concurrency is %d; it must be between 1 and %d.".formatted(concurrency, MOST_AT_ONCE));
    }
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      work(Distribution.of(distribute), pool);
      return 0;
    } catch (CannotStartException | IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    } finally {
      pool.shutdown();
    }
  }

  private void work(Distribution distribution, ExecutorService pool) throws Exception {
    Main main = Pipeline.configured(asked.asked());
    main.bind(
        "stages", new StageInterceptor(StageMemory.NONE, CallGate.OPEN, pool, false, OF_MODELS));
    main.bind("messages", new MessageConverters());
    distribution.prepare();
    distribution.addTo(main, "worker", concurrency);
    try {
      Starter.start(main);
      spec.commandLine()
          .getOut()
          .printf("Working on %d documents at once, until told to end.%n", concurrency);
      spec.commandLine().getOut().flush();
      main.getShutdownStrategy().await();
    } finally {
      main.stop();
    }
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
