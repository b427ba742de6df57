/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.util.Locale;
import java.util.Random;

/**
 * Makes vectors of texts: always the same of the same text, of length 1, and the closer the more
 * words two texts share.
 */
final class TextVector {

  private TextVector() {}

  static float[] of(String text, int dimensions) {
    double[] sum = new double[dimensions];
    for (String token : Tokens.split(text.toLowerCase(Locale.ROOT))) {
      // Each word has a direction of its own.
      Random direction = new Random(token.strip().hashCode());
      for (int i = 0; i < dimensions; i++) {
        sum[i] += direction.nextGaussian();
      }
    }
    double length = 0;
    for (double part : sum) {
      length = Math.hypot(length, part);
    }
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (sum[i] / length);
    }
    return vector;
  }
}
