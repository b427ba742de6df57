/**
 * Bytes over HTTP: one request out, one reply in, with back-pressure and cancellation.
 *
 * <p>Internal, may change any day. Knows no model and no protocol; imports only the JDK (checked by
 * {@code ArchitectureTest}), so that a fake takes ten lines. Replies arrive on the transport's own
 * threads, which must never block. Open {@link io.github.llmcamel.transport.Transport} first.
 */
@NullMarked
package io.github.llmcamel.transport;

import org.jspecify.annotations.NullMarked;
