/**
 * The chat-completions protocol of OpenAI and everything compatible, Azure OpenAI included.
 *
 * <p>Internal, may change any day. Requests go out with nothing the user did not set; answers are
 * read as tolerantly as two dozen dialects demand; the same format is read from and written to
 * message bodies. Only {@code client} and {@code component} import this package (checked by {@code
 * ArchitectureTest}). A reader is confined to one call, all else is stateless. Open {@link
 * io.github.llmcamel.codec.openai.OpenAiCodec} first, then {@code ChunkReader}.
 */
@NullMarked
package io.github.llmcamel.codec.openai;

import org.jspecify.annotations.NullMarked;
