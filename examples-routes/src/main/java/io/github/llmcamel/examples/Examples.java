/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples;

import io.github.llmcamel.examples.batch.BatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The examples, each a subcommand. */
@Command(
    name = "run",
    description = "Runs an example of camel-llm.",
    mixinStandardHelpOptions = true,
    subcommands = BatchCommand.class)
public final class Examples {

  private Examples() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Examples()).execute(arguments));
  }
}
