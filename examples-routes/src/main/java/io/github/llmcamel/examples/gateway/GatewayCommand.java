/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import io.github.llmcamel.examples.gateway.settings.CreateKeyCommand;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.examples.launch.Dsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the gateway until the process is told to end. */
@Command(
    name = "gateway",
    description = "Serves OpenAI's API in front of any model server.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    subcommands = CreateKeyCommand.class)
public final class GatewayCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--port", description = "The port to listen at; 0 takes a free one.")
  private int port = 8080;

  @Option(
      names = "--host",
      description =
          "The address to listen at. Without keys that is this machine alone, else every address.")
  private @Nullable String host;

  @Option(
      names = "--config",
      description = "A properties file. Without one, the simulator answers.")
  private @Nullable Path config;

  @Option(names = "--dsl", description = "The language of the routes: ${COMPLETION-CANDIDATES}.")
  private Dsl dsl = Dsl.java;

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > HIGHEST_PORT) {
      throw refused("--port is %d; it must be between 0 and %d.".formatted(port, HIGHEST_PORT));
    }
    if (config != null && !Files.isRegularFile(config)) {
      throw refused("--config is %s, which is no file. Name one that exists.".formatted(config));
    }
    try (Gateway gateway = new Gateway(config, host, port, dsl)) {
      gateway.start();
      gateway.describe(spec.commandLine().getOut());
      gateway.awaitStop();
      return 0;
    } catch (CannotStartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private ParameterException refused(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
