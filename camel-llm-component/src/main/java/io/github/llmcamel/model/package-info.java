/**
 * What is said to a model and what it says back: requests, messages, events, responses.
 *
 * <p>Everything here is immutable and made of JDK types; JSON values are maps, lists, strings,
 * numbers and booleans. Anyone may import this package; it imports only the JDK and JSpecify
 * (checked by {@code ArchitectureTest}). No type here knows a thread. Open {@link
 * io.github.llmcamel.model.ChatRequest} first, then {@link io.github.llmcamel.model.ChatEvent}.
 */
@NullMarked
package io.github.llmcamel.model;

import org.jspecify.annotations.NullMarked;
