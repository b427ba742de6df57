/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ways in which a network may cut the bytes of an answer. */
public final class Slices {

  private static final long SEED = 20_261_122L;
  private static final int ROUNDS = 20;
  private static final int LONGEST = 300;

  private Slices() {}

  /** Whole, byte by byte, and cut at random, the same every time. */
  public static List<List<byte[]>> inManyWays(byte[] bytes) {
    List<List<byte[]>> ways = new ArrayList<>();
    ways.add(List.of(bytes));
    ways.add(byteByByte(bytes));
    ways.addAll(atRandom(bytes));
    return ways;
  }

  static List<byte[]> byteByByte(byte[] bytes) {
    return IntStream.range(0, bytes.length).mapToObj(at -> part(bytes, at, at + 1)).toList();
  }

  static List<List<byte[]>> atRandom(byte[] bytes) {
    Random random = new Random(SEED);
    List<List<byte[]>> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<byte[]> slices = new ArrayList<>();
      int at = 0;
      while (at < bytes.length) {
        int next = Math.min(bytes.length, at + random.nextInt(LONGEST));
        slices.add(part(bytes, at, next));
        at = next;
      }
      rounds.add(slices);
    }
    return rounds;
  }

  static List<byte[]> cutAt(byte[] bytes, int cut) {
    return List.of(part(bytes, 0, cut), part(bytes, cut, bytes.length));
  }

  private static byte[] part(byte[] bytes, int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }
}
