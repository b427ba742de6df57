/**
 * Where calls stand in a trace: finds the parents of their spans, carries the trace of an exchange
 * from node to node and out of Camel, and adds up what its calls come to.
 *
 * <p>Exchanges and the state of a thread go in, OpenTelemetry contexts and sums come out. {@code
 * io.github.llmcamel.otel} imports this package; it imports Camel and the OpenTelemetry API, and
 * camel-tracing and camel-telemetry in one class each that is loaded only where they are present
 * (checked by {@code ArchitectureTest}). It runs on the threads that run the route, and leaves
 * nothing current on them. Open {@link io.github.llmcamel.otel.context.ExchangeTrace} first.
 */
@NullMarked
package io.github.llmcamel.otel.context;

import org.jspecify.annotations.NullMarked;
