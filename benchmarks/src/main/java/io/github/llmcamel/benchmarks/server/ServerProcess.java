/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A {@link LoopbackServer} in a process of its own, which closing ends. */
public final class ServerProcess implements AutoCloseable {

  private final ChildProcess process;

  private ServerProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts one and waits until it listens. */
  public static ServerProcess start() throws IOException {
    return new ServerProcess(ChildProcess.start(LoopbackServer.class));
  }

  /** The port it listens on, at 127.0.0.1. */
  public int port() {
    return process.port();
  }

  /** The base URL under which a script of {@link Scripts} is played. */
  public String url(String script) {
    return "http://127.0.0.1:" + process.port() + "/" + script;
  }

  /** How many bytes of answers the server's sockets have taken so far. */
  public long taken() throws IOException {
    return tell("taken/");
  }

  /** How many questions have come so far under a script {@code batch-…}. */
  public long asked() throws IOException {
    return tell("asked/");
  }

  private long tell(String script) throws IOException {
    try (InputStream answer = URI.create(url(script)).toURL().openStream()) {
      return Long.parseLong(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
