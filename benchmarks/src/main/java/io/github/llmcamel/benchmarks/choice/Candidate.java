/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.choice;

import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jetty.JettyHttpComponent;
import org.apache.camel.component.undertow.UndertowComponent;
import org.apache.camel.component.undertow.UndertowHostOptions;

/**
 * A server, and how it sends an answer that is being written. Each has threads enough for all
 * streams of a measurement, else they would wait for each other.
 */
public enum Candidate {
  /** camel-jetty; the route writes without blocking. */
  JETTY_WRITER("camel-jetty, non-blocking writer"),
  /** camel-jetty as it is: a thread copies a stream. */
  JETTY_COPY("camel-jetty, InputStream"),
  /** camel-undertow as it is: a thread copies a stream. */
  UNDERTOW_COPY("camel-undertow, InputStream");

  private static final int MOST_THREADS = 1_200;

  private final String title;

  Candidate(String title) {
    this.title = title;
  }

  /** What it is called in a table. */
  public String title() {
    return title;
  }

  /** Configures its component. */
  void configure(CamelContext context) {
    if (this == UNDERTOW_COPY) {
      UndertowHostOptions threads = new UndertowHostOptions();
      threads.setWorkerThreads(MOST_THREADS);
      context.getComponent("undertow", UndertowComponent.class).setHostOptions(threads);
    } else {
      context.getComponent("jetty", JettyHttpComponent.class).setMaxThreads(MOST_THREADS);
    }
  }

  /** The URI of its consumer. */
  String uri(int port, String path) {
    String address = "http://127.0.0.1:%d/%s".formatted(port, path);
    return this == UNDERTOW_COPY
        ? "undertow:" + address + "?useStreaming=true"
        : "jetty:" + address + "?continuationTimeout=0";
  }

  /** Sends the live answer that is the body. */
  Processor sender() {
    return this == JETTY_WRITER ? new StreamWriter() : Candidate::convert;
  }

  private static void convert(Exchange exchange) {
    exchange.getMessage().setBody(exchange.getMessage().getBody(InputStream.class));
  }
}
