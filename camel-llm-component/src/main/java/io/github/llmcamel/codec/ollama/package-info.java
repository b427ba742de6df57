/**
 * Ollama's own chat protocol, with everything its OpenAI-compatible endpoint leaves out.
 *
 * <p>Internal, may change any day. Requests go out with nothing the user did not set, and members
 * with OpenAI's names are translated; answers are read line by line, whole ones as one line. Only
 * {@code client} imports this package (checked by {@code ArchitectureTest}). A reader is confined
 * to one call, all else is stateless. Open {@link io.github.llmcamel.codec.ollama.OllamaCodec}
 * first, then {@code LineReader}.
 */
@NullMarked
package io.github.llmcamel.codec.ollama;

import org.jspecify.annotations.NullMarked;
