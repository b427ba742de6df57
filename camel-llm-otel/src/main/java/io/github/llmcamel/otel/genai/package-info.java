/**
 * What a call looks like as telemetry: the names of the conventions and ours, which of them a
 * profile has, and one class for each signal.
 *
 * <p>The signals of {@code observe} go in, spans, metric points and log records come out. {@code
 * io.github.llmcamel.otel} imports this package; it imports the OpenTelemetry API and the
 * component's words, neither Camel nor the SDK (checked by {@code ArchitectureTest}). It runs on
 * the threads that cause the signals and never blocks; what waits for redactors and hooks ends on a
 * thread of {@code content}. Open {@link io.github.llmcamel.otel.genai.CallTelemetry} first; names
 * stand in {@link io.github.llmcamel.otel.genai.GenAiAttributes}, {@link
 * io.github.llmcamel.otel.genai.GenAiInstruments} and {@link
 * io.github.llmcamel.otel.genai.Declared}.
 */
@NullMarked
package io.github.llmcamel.otel.genai;

import org.jspecify.annotations.NullMarked;
