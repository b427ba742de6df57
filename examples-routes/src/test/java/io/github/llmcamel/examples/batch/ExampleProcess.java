/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An example in a process of its own, as its users start it. */
final class ExampleProcess implements AutoCloseable {

  private final Process process;
  private final Path log;

  /**
   * @param environment variables beside those of this process
   */
  ExampleProcess(Map<String, String> environment, List<String> arguments) throws IOException {
    log = Files.createTempFile("example", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Examples.class.getName()));
    command.addAll(arguments);
    ProcessBuilder example =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    example.environment().putAll(environment);
    process = example.start();
  }

  /** One that shares its work over a broker, and asks {@code model}. */
  static ExampleProcess distributed(
      String where, SlowModel model, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--distribute", where, "--provider", "vllm", "--model", "m"));
    all.addAll(List.of("--base-url", model.url(), "--no-stream"));
    return new ExampleProcess(environment, all);
  }

  /** What it has said so far. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Tells it to end, as Ctrl-C does, and waits until it has. */
  void end() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Waits until it ends by itself; returns its exit code. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(log);
  }
}
