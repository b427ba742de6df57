/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.launch.Dsl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say who is asked, of each command that works on documents. */
final class AskedOptions {

  private static final String SIMULATOR = "simulator";

  @Option(names = "--provider", description = "Who answers: what stands behind llm: in a route.")
  private String provider = SIMULATOR;

  @Option(names = "--model", description = "The model; for the simulator demo.")
  private @Nullable String model;

  @Option(names = "--base-url", description = "Where the provider is, if not where it is expected.")
  private @Nullable String baseUrl;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of models, which go before those that are known.")
  private @Nullable Path prices;

  @Option(
      names = "--stream",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether answers travel as streams, which tells the time to the first token.")
  private boolean streamed;

  @Option(names = "--dsl", description = "The language of the route: ${COMPLETION-CANDIDATES}.")
  private Dsl dsl = Dsl.java;

  @Option(
      names = "--routes",
      description = "A file with a route of your own, in YAML or XML, that is run instead.")
  private @Nullable Path routes;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * @throws ParameterException if an option names what is not there
   */
  BatchSettings.Asked asked() {
    return new BatchSettings.Asked(
        provider,
        model == null && provider.equals(SIMULATOR) ? "demo" : model,
        baseUrl,
        prices == null ? null : "file:" + prices,
        streamed,
        routes());
  }

  private @Nullable String routes() {
    if (routes != null) {
      if (!Files.isRegularFile(routes)) {
        throw new ParameterException(
            command.commandLine(), "--routes is %s, which is no file.".formatted(routes));
      }
      return "file:" + routes;
    }
    return dsl == Dsl.java ? null : "classpath:routes/batch.camel." + dsl;
  }
}
