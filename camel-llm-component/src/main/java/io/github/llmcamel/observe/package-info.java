/**
 * The seam for telemetry: who wants to follow model calls implements {@link
 * io.github.llmcamel.observe.CallObserver}.
 *
 * <p>A call goes in, its life comes out: sent, head, events, exactly one ending. Anyone may import
 * this package; it imports {@code model}, {@code error} and {@code provider}, never Camel (checked
 * by {@code ArchitectureTest}). Observations run on the reply thread and must not block. Open
 * {@link io.github.llmcamel.observe.CallObservation} first.
 */
@NullMarked
package io.github.llmcamel.observe;

import org.jspecify.annotations.NullMarked;
