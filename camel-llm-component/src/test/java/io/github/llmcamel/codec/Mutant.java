/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Answers that are like real ones, but broken: the same for the same random numbers. */
final class Mutant {

  private static final List<String> PIECES =
      List.of(
          "data: ",
          "event: error\n",
          "\n\n",
          "\r",
          "[DONE]",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ":",
          ",",
          "null",
          "true",
          "-1",
          "1e999",
          "99999999999999999999",
          "\"index\":-1",
          "\"index\":2147483648",
          "{\"error\":{}}",
          "\"choices\":",
          "\"delta\":{}",
          "\u0000",
          "\uFEFF",
          "é",
          "😀");

  private final Random random;
  private final List<byte[]> corpus;

  Mutant(Random random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  /** One answer, broken in a few places. */
  byte[] next() {
    byte[] bytes = any();
    for (int i = random.nextInt(5); i > 0; i--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] changed(byte[] bytes) {
    int start = random.nextInt(bytes.length + 1);
    int end = start + random.nextInt(Math.min(200, bytes.length - start) + 1);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, start);
    switch (random.nextInt(6)) {
      case 0 -> end = bytes.length; // cut off
      case 1 -> {} // something left out
      case 2 -> repeat(changed, bytes, start, end);
      case 3 -> changed.write(random.nextInt(256));
      case 4 -> changed.writeBytes(piece());
      default -> changed.writeBytes(any());
    }
    changed.write(bytes, end, bytes.length - end);
    return changed.toByteArray();
  }

  private void repeat(ByteArrayOutputStream changed, byte[] bytes, int start, int end) {
    byte[] piece = random.nextBoolean() ? piece() : null;
    for (int i = random.nextInt(300); i >= 0; i--) {
      if (piece == null) {
        changed.write(bytes, start, end - start);
      } else {
        changed.writeBytes(piece);
      }
    }
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }
}
