/**
 * What is said in a call, as telemetry: read, redacted, cut to size and written as JSON, where that
 * is asked for.
 *
 * <p>A call's request and answer go in, the contents of attributes come out. {@code
 * io.github.llmcamel.otel.genai} imports this package, and applications do for {@link
 * io.github.llmcamel.otel.genai.content.ContentRedactor} and {@link
 * io.github.llmcamel.otel.genai.content.ContentHook}; it imports the component's words, Jackson and
 * the OpenTelemetry API, neither Camel nor the SDK nor the rest of {@code genai} (checked by {@code
 * ArchitectureTest}). It runs on the thread that ends a call, redactors and hooks on threads of
 * their own. Open {@link io.github.llmcamel.otel.genai.content.ContentCapture} first.
 */
@NullMarked
package io.github.llmcamel.otel.genai.content;

import org.jspecify.annotations.NullMarked;
