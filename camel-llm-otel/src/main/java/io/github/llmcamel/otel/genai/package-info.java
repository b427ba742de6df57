/**
 * What a call looks like as telemetry: names, attributes and one class for each signal.
 *
 * <p>The signals of {@code observe} go in, spans and metric points come out. {@code
 * io.github.llmcamel.otel} imports this package; it imports the OpenTelemetry API and the
 * component's words, neither Camel nor the SDK (checked by {@code ArchitectureTest}). It runs on
 * the threads that cause the signals and never blocks. Open {@link
 * io.github.llmcamel.otel.genai.CallTelemetry} first; names stand in {@link
 * io.github.llmcamel.otel.genai.GenAiAttributes} and {@link
 * io.github.llmcamel.otel.genai.GenAiInstruments}.
 */
@NullMarked
package io.github.llmcamel.otel.genai;

import org.jspecify.annotations.NullMarked;
