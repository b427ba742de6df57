/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The Gemini protocol of Google: {@code generateContent}, whole or streamed, embeddings and lists
 * of models.
 *
 * <p>Internal, may change any day. Requests go out with nothing the user did not set; what a
 * request has in OpenAI's form is translated. Only {@code client} imports this package, and {@code
 * component} to check base URLs (the layers are checked by {@code ArchitectureTest}). A reader is
 * confined to one call, all else is stateless. Open {@link
 * io.github.llmcamel.codec.gemini.GeminiCodec} first, then {@code ContentReader}.
 */
@NullMarked
package io.github.llmcamel.codec.gemini;

import org.jspecify.annotations.NullMarked;
