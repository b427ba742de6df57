/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import java.nio.charset.StandardCharsets;

/**
 * One record of a framed answer. Valid only while it is handed over: its bytes are reused.
 *
 * @param event the name the server gave it; empty if it gave none
 * @param data holds the payload from index 0
 * @param length how many bytes of {@code data} belong to the payload, 1 and above
 */
public record Frame(String event, byte[] data, int length) {

  /** Gets the frames of an answer in order. */
  @FunctionalInterface
  public interface Handler {
    void frame(Frame frame) throws LlmException;
  }

  /** The payload as text; malformed UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(data, 0, length, StandardCharsets.UTF_8);
  }

  /** Whether the payload, without blanks before it, begins with the ASCII text {@code word}. */
  public boolean startsWith(String word) {
    int start = 0;
    while (start < length && data[start] <= ' ' && data[start] >= 0) {
      start++;
    }
    if (length - start < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (data[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Frame[event=%s, %d bytes]".formatted(event, length);
  }
}
