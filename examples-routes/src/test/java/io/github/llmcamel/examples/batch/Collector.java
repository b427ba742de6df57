/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.otel.testkit.OtlpServer;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A collector for the time of one test, which telemetry finds without further ado. */
public final class Collector implements BeforeEachCallback, AfterEachCallback {

  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

  private @Nullable OtlpServer server;

  public OtlpServer server() {
    return Objects.requireNonNull(server);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    server = new OtlpServer();
    System.setProperty(ENDPOINT, server.url());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    System.clearProperty(ENDPOINT);
    server().close();
  }
}
