/**
 * Wire protocols as pure functions: requests to bytes, bytes to events, error bodies to exceptions.
 *
 * <p>Internal, may change any day. Knows no socket, no thread and no clock. Imports {@code model},
 * {@code error}, {@code provider} and Jackson; only {@code client} and {@code component} import it
 * (checked by {@code ArchitectureTest}). A decoder is confined to one call. Open {@link
 * io.github.llmcamel.codec.ChatCodec} first: its laws hold for every protocol.
 */
@NullMarked
package io.github.llmcamel.codec;

import org.jspecify.annotations.NullMarked;
