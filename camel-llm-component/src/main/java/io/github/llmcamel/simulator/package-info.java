/**
 * A provider without a network: answers chat completions and embeddings in the OpenAI wire format,
 * from rules.
 *
 * <p>HTTP calls come in, whole JSON answers or SSE streams go out, paced as the request asks, with
 * tokens counted by {@code Tokens}: every run of letters and digits, every ideograph and every
 * other symbol is one, and each message costs four more. Internal, may change any day; only {@code
 * client} imports this package, which itself knows {@code transport}, Jackson and the JDK (checked
 * by {@code ArchitectureTest}). What to say is worked out on the sending thread, and everything is
 * heard on one timer thread. Open {@link io.github.llmcamel.simulator.SimulatedTransport} first.
 */
@NullMarked
package io.github.llmcamel.simulator;

import org.jspecify.annotations.NullMarked;
