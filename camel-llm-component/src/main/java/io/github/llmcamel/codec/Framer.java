/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import java.nio.ByteBuffer;

/** Splits the bytes of an answer into frames, wherever they are cut. Confined to one call. */
interface Framer {

  /**
   * Reads all of {@code slice}.
   *
   * @throws LlmException if a frame exceeds the limit, or what {@code frames} throws
   */
  void feed(ByteBuffer slice, Frame.Handler frames) throws LlmException;

  /**
   * The bytes ended.
   *
   * @throws LlmException what {@code frames} throws
   */
  void end(Frame.Handler frames) throws LlmException;
}
