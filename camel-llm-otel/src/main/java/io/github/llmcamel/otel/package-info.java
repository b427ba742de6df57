/**
 * Telemetry for every {@code llm:} call: the doors.
 *
 * <p>Camel finds {@link io.github.llmcamel.otel.LlmTelemetryPlugin} on the class path, and it binds
 * {@link io.github.llmcamel.otel.LlmTelemetry}, which producers find in the registry, and adds
 * {@link io.github.llmcamel.otel.LlmTelemetryInterceptStrategy}, which routes are built with.
 * Applications import this package; nothing below it does (checked by {@code ArchitectureTest}). It
 * runs on the thread that starts and stops Camel, and for each call on the thread that makes it.
 * Open {@link io.github.llmcamel.otel.LlmTelemetry} first.
 */
@NullMarked
package io.github.llmcamel.otel;

import org.jspecify.annotations.NullMarked;
