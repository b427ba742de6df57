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

  /** How many ways of cutting at random there are. */
  public static final int ROUNDS = 20;

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
    return every(bytes, 1);
  }

  /** Slices of that many bytes each; the last one may be shorter. */
  public static List<byte[]> every(byte[] bytes, int length) {
    return IntStream.iterate(0, at -> at < bytes.length, at -> at + length)
        .mapToObj(at -> part(bytes, at, Math.min(at + length, bytes.length)))
        .toList();
  }

  static List<List<byte[]>> atRandom(byte[] bytes) {
    return IntStream.range(0, ROUNDS).mapToObj(round -> atRandom(bytes, round)).toList();
  }

  /**
   * Cut at random, the same every time.
   *
   * @param round another one cuts otherwise
   */
  public static List<byte[]> atRandom(byte[] bytes, int round) {
    Random random = new Random(SEED + round);
    List<byte[]> slices = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + random.nextInt(Math.max(LONGEST, bytes.length / 100)));
      slices.add(part(bytes, at, next));
      at = next;
    }
    return slices;
  }

  static List<byte[]> cutAt(byte[] bytes, int cut) {
    return List.of(part(bytes, 0, cut), part(bytes, cut, bytes.length));
  }

  private static byte[] part(byte[] bytes, int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }
}
