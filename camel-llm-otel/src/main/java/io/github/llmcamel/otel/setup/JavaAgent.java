/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

/** OpenTelemetry's Java agent. */
public final class JavaAgent {

  private JavaAgent() {}

  /** Whether it runs: it puts its classes where no application can. */
  public static boolean isPresent() {
    try {
      Class.forName("io.opentelemetry.javaagent.bootstrap.AgentInitializer", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
