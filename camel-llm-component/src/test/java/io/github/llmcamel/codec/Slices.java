/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways to cut the bytes of an answer. */
final class Slices {

  private Slices() {}

  /** One byte each. */
  static List<byte[]> single(byte[] body) {
    List<byte[]> slices = new ArrayList<>(body.length);
    for (byte value : body) {
      slices.add(new byte[] {value});
    }
    return slices;
  }

  /** Of random lengths below {@code bound}, 0 among them. */
  static List<byte[]> random(byte[] body, int bound, Random random) {
    List<byte[]> slices = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      int next = Math.min(body.length, at + random.nextInt(bound));
      slices.add(Arrays.copyOfRange(body, at, next));
      at = next;
    }
    return slices;
  }
}
