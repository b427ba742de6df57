/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.Slices;
import io.github.llmcamel.vectors.Step;
import io.github.llmcamel.vectors.Vector;
import io.github.llmcamel.vectors.VectorFile;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code vectors.txt}, through a whole client but for the network. */
class VectorsTest {

  private static final int FEWEST_ROWS = 100;
  private static final int LONG = 1_000_000;

  static List<Vector> rows() {
    return VectorFile.all();
  }

  @Test
  void thereAreEnoughRows() {
    assertThat(rows()).hasSizeGreaterThan(FEWEST_ROWS);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isReadAsExpected(Vector vector) {
    check(vector, List::of);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isReadAsExpectedByteByByte(Vector vector) {
    check(vector, VectorsTest::byteByByte);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isReadAsExpectedInRandomSlices(Vector vector) {
    for (int i = 0; i < (isLong(vector) ? 1 : Slices.ROUNDS); i++) {
      int round = i;
      check(vector, bytes -> Slices.atRandom(bytes, round));
    }
  }

  /** Megabytes would take minutes so: they come in a thousand pieces. */
  private static List<byte[]> byteByByte(byte[] bytes) {
    return Slices.every(bytes, bytes.length < LONG ? 1 : bytes.length / 1_000);
  }

  private static boolean isLong(Vector vector) {
    return vector.steps().stream()
        .anyMatch(step -> step instanceof Step.Bytes bytes && bytes.bytes().length >= LONG);
  }

  private static void check(Vector vector, Function<byte[], List<byte[]>> slicing) {
    new Expectation(VectorPlay.play(vector, slicing)).check(vector.expected());
  }
}
