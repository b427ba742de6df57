/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.server.ChildProcess;
import io.github.llmcamel.benchmarks.server.ProcessStatus;
import io.github.llmcamel.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The batch of the examples beside a Python script and a pool of threads: documents a minute,
 * memory at its peak, and calls that are made twice because of a {@code kill -9} at the half. All
 * of them ask the same three questions of the same server, whose answers take {@value
 * #ANSWER_MILLIS} ms. Started by {@code benchmarks/batch-comparison/run}, from the root of the
 * repository.
 */
public final class BatchComparison {

  private static final int ANSWER_MILLIS = 250;
  private static final int STAGES = 3;
  private static final String DOCUMENTS = "2000";

  /** What asks one question after the other needs no more documents for the same figures. */
  private static final int FEWER_FOR_ONE_AT_A_TIME = 20;

  private static final int POLL_MILLIS = 20;
  private static final Pattern NAME = Pattern.compile("\\d{5}\\.txt");

  private static final Path EXAMPLES = Path.of("examples-routes", "target", "examples-routes.jar");
  private static final Path COMPARED = Path.of("benchmarks", "batch-comparison");

  private final ServerProcess server;
  private final Path folder;
  private final int documents;

  private BatchComparison(ServerProcess server, Path folder, int documents) {
    this.server = server;
    this.folder = folder;
    this.documents = documents;
  }

  /**
   * Prints the load of the machine, and a row of a Markdown table for each.
   *
   * @param arguments how many documents; {@value #DOCUMENTS} if it is left out
   */
  public static void main(String[] arguments) throws Exception {
    int documents = Integer.parseInt(arguments.length > 0 ? arguments[0] : DOCUMENTS);
    Path folder = Files.createTempDirectory("batch-comparison");
    try (ServerProcess server = ServerProcess.start()) {
      printLoad();
      System.out.println("| | documents | a minute | memory | calls twice after a kill |");
      System.out.println("| --- | --- | --- | --- | --- |");
      BatchComparison comparison = new BatchComparison(server, folder, documents);
      comparison.batch("auto");
      comparison.batch("64");
      comparison.python();
      comparison.python("--skip-done");
      comparison.threadPool();
      comparison.threadPool("--skip-done");
      printLoad();
    } finally {
      delete(folder);
    }
  }

  private static void printLoad() {
    System.out.printf(
        "Load of the machine: %.2f%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void batch(String concurrency) throws Exception {
    measure(
        "`run batch --concurrency " + concurrency + "`",
        documents,
        (inputs, out) ->
            java(
                EXAMPLES,
                "batch",
                inputs.toString(),
                "--out",
                out.toString(),
                "--provider",
                "vllm",
                "--model",
                "m",
                "--base-url",
                url() + "/v1",
                "--no-stream",
                "--concurrency",
                concurrency));
  }

  private void python(String... options) throws Exception {
    Path python = COMPARED.resolve("python");
    measure(
        String.join(" ", "Python", String.join(" ", options)),
        documents / FEWER_FOR_ONE_AT_A_TIME,
        (inputs, out) ->
            command(
                List.of(
                    python.resolve(Path.of(".venv", "bin", "python")).toString(),
                    "-B",
                    python.resolve("batch.py").toString(),
                    inputs.toString(),
                    out.resolve("results.jsonl").toString(),
                    url()),
                options));
  }

  private void threadPool(String... options) throws Exception {
    Path jar = COMPARED.resolve(Path.of("langchain4j", "target", "langchain4j.jar"));
    measure(
        String.join(" ", "LangChain4j", String.join(" ", options)),
        documents,
        (inputs, out) ->
            command(
                java(
                    jar, inputs.toString(), out.resolve("results.jsonl").toString(), url() + "/v1"),
                options));
  }

  private String url() {
    return server.url("batch-" + ANSWER_MILLIS);
  }

  private static List<String> java(Path jar, String... arguments) {
    return command(
        List.of(ChildProcess.tool("java"), "-Xmx512m", "-jar", jar.toString()), arguments);
  }

  private static List<String> command(List<String> first, String... more) {
    List<String> command = new ArrayList<>(first);
    command.addAll(List.of(more));
    return command;
  }

  private interface Command {
    List<String> of(Path inputs, Path out);
  }

  private void measure(String name, int count, Command command) throws Exception {
    Path inputs = documents(count);
    Path out = Files.createTempDirectory(folder, "whole");
    long asked = server.asked();
    long start = System.nanoTime();
    Process run = start(command.of(inputs, out), out);
    long peak = 0;
    while (run.isAlive()) {
      peak = Math.max(peak, peakOf(run));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    double minutes = (System.nanoTime() - start) / 6e10;
    requireDone(run, count, out);
    if (server.asked() - asked != (long) STAGES * count) {
      throw new IllegalStateException(name + " made other calls than wanted.");
    }
    System.out.printf(
        "| %s | %,d | %,.0f | %,d MiB | %,d of %,d |%n",
        name, count, count / minutes, peak >> 10, callsTwice(count, command), STAGES * count);
  }

  /** Killed when half of the calls are made, and started again. */
  private long callsTwice(int count, Command command) throws Exception {
    Path inputs = documents(count);
    Path out = Files.createTempDirectory(folder, "killed");
    long asked = server.asked();
    long needed = (long) STAGES * count;
    Process killed = start(command.of(inputs, out), out);
    while (killed.isAlive() && server.asked() - asked < needed / 2) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    killed.destroyForcibly().waitFor();
    Process second = start(command.of(inputs, out), out);
    second.waitFor();
    requireDone(second, count, out);
    return server.asked() - asked - needed;
  }

  private Path documents(int count) throws IOException {
    Path inputs = folder.resolve("documents-" + count);
    if (!Files.exists(inputs)) {
      Files.createDirectory(inputs);
      for (int i = 0; i < count; i++) {
        Files.writeString(inputs.resolve("%05d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
      }
    }
    return inputs;
  }

  private static Process start(List<String> command, Path out) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.resolve("run.log").toFile()))
        .start();
  }

  /** How many KiB it has had in memory at most; 0 if it has just ended. */
  private static long peakOf(Process run) {
    try {
      return ProcessStatus.of(run.pid()).number("VmHWM");
    } catch (IOException ended) {
      return 0;
    }
  }

  private static void requireDone(Process run, int documents, Path out) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("results.jsonl"));
    HashSet<String> names = new HashSet<>();
    for (String line : lines) {
      Matcher name = NAME.matcher(line);
      if (name.find()) {
        names.add(name.group());
      }
    }
    if (run.exitValue() != 0 || lines.size() != documents || names.size() != documents) {
      throw new IllegalStateException(
          "Exit code %d, %d results of %d documents:%n%s"
              .formatted(
                  run.exitValue(),
                  lines.size(),
                  names.size(),
                  Files.readString(out.resolve("run.log"))));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
