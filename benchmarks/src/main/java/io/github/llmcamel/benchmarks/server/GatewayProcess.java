/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway of {@code examples-routes} in a process of its own, which closing ends. */
public final class GatewayProcess implements AutoCloseable {

  private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
  private static final long LONGEST_START_SECONDS = 60;
  private static final int POLL_MILLIS = 100;

  private static final String SETTINGS = "gateway.properties";
  private static final String LOG = "gateway.log";

  private final Path directory;
  private final Process process;
  private final int port;

  private GatewayProcess(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one and waits until it is ready. Its settings and its output are in a directory that
   * closing deletes.
   *
   * @param jar {@code examples-routes.jar}, its libraries beside it
   * @param jvmOptions such as {@code -Xmx512m}
   * @param settings the lines of its configuration
   */
  public static GatewayProcess start(Path jar, List<String> jvmOptions, List<String> settings)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("gateway");
    Path config = Files.write(directory.resolve(SETTINGS), settings);
    int port = ChildProcess.freePort();
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.tool("java"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-jar",
            jar.toString(),
            "gateway",
            "--port",
            Integer.toString(port),
            "--config",
            config.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(LOG).toFile())
            .start();
    GatewayProcess gateway = new GatewayProcess(directory, process, port);
    gateway.awaitStart();
    return gateway;
  }

  /** The port it listens on, at 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The processor time it has used so far. */
  public long cpuNanos() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** Threads, memory, and heap after a full collection. */
  public String footprint() throws IOException, InterruptedException {
    jcmd("GC.run");
    ProcessStatus status = ProcessStatus.of(process.pid());
    long heap = 0;
    // Metaspace is told behind the heap.
    Matcher used = USED.matcher(jcmd("GC.heap_info").split("Metaspace", 2)[0]);
    while (used.find()) {
      heap += Long.parseLong(used.group(1));
    }
    return "%d threads, %d MiB resident, %d MiB of heap"
        .formatted(status.number("Threads"), status.number("VmRSS") >> 10, heap >> 10);
  }

  private void awaitStart() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroy();
        throw new IOException("The gateway did not start: see " + directory);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady() {
    try (InputStream page =
        URI.create("http://127.0.0.1:" + port + "/ready").toURL().openStream()) {
      return page.read() >= 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(ChildProcess.tool("jcmd"), Long.toString(process.pid()), command)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return output;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
      Files.delete(directory.resolve(LOG));
      Files.delete(directory.resolve(SETTINGS));
      Files.delete(directory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
