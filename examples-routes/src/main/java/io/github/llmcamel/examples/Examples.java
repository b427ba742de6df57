/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples;

import io.github.llmcamel.examples.batch.BatchCommand;
import io.github.llmcamel.examples.batch.StatusCommand;
import io.github.llmcamel.examples.batch.WorkerCommand;
import io.github.llmcamel.examples.gateway.GatewayCommand;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The examples, each a subcommand. */
@Command(
    name = "run",
    description = "Runs an example of camel-llm.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BatchCommand.class,
      WorkerCommand.class,
      StatusCommand.class,
      GatewayCommand.class
    })
public final class Examples {

  /** Held, since a level is forgotten with its logger. */
  private static final Logger OPEN_TELEMETRY = Logger.getLogger("io.opentelemetry");

  private Examples() {}

  public static void main(String[] arguments) {
    OPEN_TELEMETRY.setLevel(Level.WARNING); // It explains at INFO that nobody has configured it.
    CommandLine line = new CommandLine(new Examples());
    line.setExpandAtFiles(false); // @list.txt names documents.
    System.exit(line.execute(arguments));
  }
}
