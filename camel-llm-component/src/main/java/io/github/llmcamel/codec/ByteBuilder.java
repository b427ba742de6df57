/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow and are reused. Confined to one call. */
final class ByteBuilder {

  private byte[] bytes = new byte[512];
  private int length;

  void append(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  void append(byte[] source, int start, int count) {
    reserve(count);
    System.arraycopy(source, start, bytes, length, count);
    length += count;
  }

  /** Takes the next {@code count} bytes out of {@code source}. */
  void append(ByteBuffer source, int count) {
    reserve(count);
    source.get(bytes, length, count);
    length += count;
  }

  void clear() {
    length = 0;
  }

  /** What holds the bytes now; longer than they are. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  int indexOf(char ascii) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == ascii) {
        return i;
      }
    }
    return -1;
  }

  boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  String text(int start) {
    return new String(bytes, start, length - start, StandardCharsets.UTF_8);
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
