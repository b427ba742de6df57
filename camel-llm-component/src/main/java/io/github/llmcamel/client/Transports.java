/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.transport.HttpSettings;
import io.github.llmcamel.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** One transport for all calls of equal settings, opened when it is first needed. Thread-safe. */
final class Transports implements AutoCloseable {

  private final Function<HttpSettings, Transport> opener;
  private final Map<HttpSettings, Transport> opened = new HashMap<>();
  private boolean closed;

  Transports(Function<HttpSettings, Transport> opener) {
    this.opener = opener;
  }

  /** After the end: one that is closed, and tells its handlers so. */
  synchronized Transport of(HttpSettings settings) {
    Transport transport = opened.computeIfAbsent(settings, opener);
    if (closed) {
      transport.close();
    }
    return transport;
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.values().forEach(Transport::close);
  }
}
