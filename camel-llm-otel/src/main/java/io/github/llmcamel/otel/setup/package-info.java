/**
 * Which OpenTelemetry telemetry goes to, how one is built where the application has none, and what
 * did not arrive.
 *
 * <p>The environment goes in, an OpenTelemetry and a way to close it come out. {@code
 * io.github.llmcamel.otel} imports this package; it is the only one that imports the SDK, and it
 * does not import Camel (checked by {@code ArchitectureTest}). It runs on the thread that starts
 * and stops Camel, which waits at most seven seconds for the last telemetry to be sent. Open {@link
 * io.github.llmcamel.otel.setup.OpenTelemetryChoice} first.
 */
@NullMarked
package io.github.llmcamel.otel.setup;

import org.jspecify.annotations.NullMarked;
