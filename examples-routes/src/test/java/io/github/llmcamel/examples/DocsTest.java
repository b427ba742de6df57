/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples;

import io.github.llmcamel.examples.batch.BatchCommand;
import io.github.llmcamel.examples.batch.WorkerCommand;
import io.github.llmcamel.examples.gateway.GatewayCommand;
import io.github.llmcamel.testkit.GeneratedTable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code README.md} of the examples says what their commands understand. */
class DocsTest {

  @Test
  void theTableOfOptionsOfTheBatch() throws IOException {
    assertOptionsAreIn("batch options", new BatchCommand());
  }

  @Test
  void theTableOfOptionsOfTheWorker() throws IOException {
    assertOptionsAreIn("worker options", new WorkerCommand());
  }

  @Test
  void theTableOfOptionsOfTheGateway() throws IOException {
    assertOptionsAreIn("gateway options", new GatewayCommand());
  }

  private static void assertOptionsAreIn(String name, Object annotated) throws IOException {
    GeneratedTable table = new GeneratedTable(name, "option", "default", "meaning");
    CommandLine command = new CommandLine(annotated);
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        table.row(
            "`%s%s`".formatted(option.negatable() ? "--[no-]" : "--", name(option)),
            "null".equals(option.defaultValueString()) ? "" : option.defaultValueString(),
            String.join(" ", option.description()));
      }
    }
    table.assertSameIn(Path.of("README.md"));
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--(no-)?", "");
  }
}
