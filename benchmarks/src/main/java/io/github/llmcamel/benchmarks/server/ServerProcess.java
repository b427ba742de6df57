/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link LoopbackServer} in a process of its own, which closing ends. */
public final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it listens. */
  public static ServerProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                LoopbackServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String port = output.readLine();
    if (port == null) {
      throw new IOException("The server did not start.");
    }
    return new ServerProcess(process, Integer.parseInt(port));
  }

  /** The base URL under which a script of {@link Scripts} is played. */
  public String url(String script) {
    return "http://127.0.0.1:" + port + "/" + script;
  }

  /** How many bytes of answers the server's sockets have taken so far. */
  public long taken() throws IOException {
    try (InputStream answer = URI.create(url("taken/")).toURL().openStream()) {
      return Long.parseLong(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
