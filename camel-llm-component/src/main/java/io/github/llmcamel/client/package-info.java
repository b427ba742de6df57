/**
 * Calls models: the one place where codec, transport, time limits and observer meet.
 *
 * <p>Internal, may change any day. A {@link io.github.llmcamel.client.ModelCall} goes in, exactly
 * one {@link io.github.llmcamel.client.Ending} comes out. Knows everything below it but not Camel;
 * only {@code component} imports it (checked by {@code ArchitectureTest}). The signals of one call
 * are handled one at a time, on the thread that brings them, which must never block. Open {@link
 * io.github.llmcamel.client.ModelClient} first, then {@code RunningCall}.
 */
@NullMarked
package io.github.llmcamel.client;

import org.jspecify.annotations.NullMarked;
