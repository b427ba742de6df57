/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another JVM, of the same Java, which is killed if it takes too long. */
final class ChildJvm implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<Process> exit;
  private final BufferedReader output;
  private final StringBuilder read = new StringBuilder();

  /**
   * Starts it.
   *
   * @param options of the JVM
   */
  ChildJvm(List<String> options, String classPath, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader(StandardCharsets.UTF_8);
    exit =
        process
            .onExit()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .whenComplete((exited, timeout) -> process.destroyForcibly());
  }

  /** The class path of this JVM. */
  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** The class path of this JVM, with the jars of {@code folder} for its OpenTelemetry. */
  static String classPathWithOpenTelemetryOf(Path folder) throws IOException {
    String ofOpenTelemetry = Path.of("io", "opentelemetry").toString();
    try (Stream<Path> jars = Files.list(folder)) {
      return Stream.concat(
              jars.map(Path::toString),
              Arrays.stream(classPath().split(File.pathSeparator))
                  .filter(entry -> !entry.contains(ofOpenTelemetry)))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Waits until it says that. */
  void awaitLine(String line) throws IOException {
    for (String next = output.readLine(); !line.equals(next); next = output.readLine()) {
      assertThat(next).as(read + "ended without: " + line).isNotNull();
      read.append(next).append('\n');
    }
  }

  /** Waits for its end, which must be a good one, and returns everything that it said. */
  String awaitExit() throws IOException {
    for (String next = output.readLine(); next != null; next = output.readLine()) {
      read.append(next).append('\n');
    }
    assertThat(exit.join().exitValue()).as(read.toString()).isZero();
    return read.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
