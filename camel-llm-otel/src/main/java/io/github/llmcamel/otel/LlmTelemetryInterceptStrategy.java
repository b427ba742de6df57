/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.context.Totals;
import io.github.llmcamel.otel.context.TraceJoiningStrategy;
import io.github.llmcamel.otel.context.TracedNode;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.genai.TotalAttributes;
import io.opentelemetry.api.common.Attributes;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trace of an exchange from node to node, so that all its calls are in one trace, and
 * shows after each node what they come to; lets aggregates remember the traces and the sums of
 * their members: the Camel door.
 *
 * <p>{@link LlmTelemetryPlugin} adds it. Without the plugin, add it before routes are built:
 *
 * <pre>{@code
 * context.getCamelContextExtension().addInterceptStrategy(new LlmTelemetryInterceptStrategy());
 * }</pre>
 */
public final class LlmTelemetryInterceptStrategy implements InterceptStrategy {

  private final TelemetrySettings settings;

  /** A strategy for telemetry with default settings. */
  public LlmTelemetryInterceptStrategy() {
    this(TelemetrySettings.defaults());
  }

  /** A strategy for telemetry with these settings. */
  public LlmTelemetryInterceptStrategy(TelemetrySettings settings) {
    this.settings = settings;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
    // Whoever wraps the node first is handed the node itself; the others are told it separately.
    if ((next == null ? target : next) instanceof AggregateProcessor aggregator) {
      aggregator.setAggregationStrategy(
          new TraceJoiningStrategy(aggregator.getAggregationStrategy()));
    }
    return new TracedNode(target, this::described);
  }

  private Attributes described(Totals totals) {
    return TotalAttributes.of(
        settings,
        totals.calls(),
        totals.inputTokens(),
        totals.outputTokens(),
        totals.nanos(),
        totals.cost());
  }
}
