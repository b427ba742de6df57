/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.context.TracedNode;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trace of an exchange from node to node, so that all its calls are in one trace: the
 * Camel door.
 *
 * <p>{@link LlmTelemetryPlugin} adds it. Without the plugin, add it before routes are built:
 *
 * <pre>{@code
 * context.getCamelContextExtension().addInterceptStrategy(new LlmTelemetryInterceptStrategy());
 * }</pre>
 */
public final class LlmTelemetryInterceptStrategy implements InterceptStrategy {

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
    return new TracedNode(target);
  }
}
