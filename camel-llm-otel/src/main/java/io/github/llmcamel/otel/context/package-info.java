/**
 * Where a call stands in a trace: finds the parent of its span.
 *
 * <p>The state of a thread goes in, an OpenTelemetry context comes out. {@code
 * io.github.llmcamel.otel} imports this package; it imports the OpenTelemetry API alone (checked by
 * {@code ArchitectureTest}). It runs on the thread that makes the call and leaves nothing current.
 * Open {@link io.github.llmcamel.otel.context.OtelParent} first.
 */
@NullMarked
package io.github.llmcamel.otel.context;

import org.jspecify.annotations.NullMarked;
