/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.setup.Environment;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.jspecify.annotations.Nullable;

/**
 * Switches telemetry on for every Camel context that finds this module on its class path.
 *
 * <p>{@code camel.llm-otel.enabled=false} switches it off. Whatever goes wrong is logged once as a
 * warning; routes run all the same.
 */
public final class LlmTelemetryPlugin implements ContextServicePlugin {

  private final Function<Function<String, @Nullable String>, Environment> environment;

  /** For Camel, which finds this class with the service loader. */
  public LlmTelemetryPlugin() {
    this(Environment::ofProcess);
  }

  /**
   * A plugin of another environment.
   *
   * @param environment completes what Camel's properties say
   */
  LlmTelemetryPlugin(Function<Function<String, @Nullable String>, Environment> environment) {
    this.environment = environment;
  }

  /** Only registers: the registry and the properties of the context are not there yet. */
  @Override
  public void load(CamelContext context) {
    context.addLifecycleStrategy(new TelemetryLifecycle(environment));
  }
}
