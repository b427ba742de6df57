/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.ModelPattern;
import io.github.llmcamel.examples.gateway.access.NewKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key, shows it once, and keeps its hash. */
@Command(
    name = "create-key",
    description = "Makes a key for a client of the gateway.",
    mixinStandardHelpOptions = true)
public final class CreateKeyCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(description = "Who is to have it, such as alice.")
  private String id;

  @Option(
      names = "--models",
      description =
          "What it is good for, with commas between: names and beginnings such as claude-*. Without"
              + " it, every model.")
  private @Nullable String models;

  @Option(names = "--requests-per-minute", description = "Without it, any number.")
  private @Nullable Integer requestsPerMinute;

  @Option(
      names = "--config",
      description = "The properties file that the lines are appended to; it is made if need be.")
  private @Nullable Path config;

  @Override
  public Integer call() {
    try {
      NewKey key = NewKey.create(id);
      List<ModelPattern> allowed = models == null ? List.of() : Values.models(models);
      String lines = KeyLines.of(new ApiKey(id, key.sha256(), allowed, requestsPerMinute));
      if (config != null) {
        KeyLines.append(lines, id, config);
      }
      describe(key, lines);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--config is %s, which cannot be written. Check its folder and permissions."
              .formatted(config));
    }
  }

  private void describe(NewKey key, String lines) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.printf("The key, which nobody can show again:%n%s%n", key.text());
    if (config == null) {
      terminal.printf("Its lines for the properties file of the gateway:%n%s", lines);
    } else {
      terminal.printf("Its hash is in %s.%n", config);
    }
    terminal.flush();
  }
}
