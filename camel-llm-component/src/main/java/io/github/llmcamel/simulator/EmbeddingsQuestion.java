/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator reads of an embeddings request.
 *
 * @param inputs at least one, none of them empty
 * @param dimensions the length of the vectors
 * @param fault null if nothing is to go wrong
 */
record EmbeddingsQuestion(
    String model, List<String> inputs, int dimensions, Form form, @Nullable Fault fault) {

  private static final int DEFAULT_DIMENSIONS = 64;
  private static final int MOST_DIMENSIONS = 8_192;

  /** How vectors are written. */
  enum Form {
    NUMBERS,
    BASE64
  }

  EmbeddingsQuestion {
    inputs = List.copyOf(inputs);
  }

  static EmbeddingsQuestion read(byte[] body) throws InvalidRequestException {
    Members members = new Members(WireFormat.read(body));
    List<String> inputs = members.texts("input");
    if (inputs.isEmpty()) {
      throw new InvalidRequestException(
          "input", "input must be a string that is not empty, or an array of such strings.");
    }
    return new EmbeddingsQuestion(
        members.text("model", WireFormat.DEFAULT_MODEL),
        inputs,
        members.integer("dimensions", DEFAULT_DIMENSIONS, MOST_DIMENSIONS),
        members.text("encoding_format", "float").equals("base64") ? Form.BASE64 : Form.NUMBERS,
        Fault.read(members));
  }

  int tokens() {
    return inputs.stream().mapToInt(Tokens::count).sum();
  }

  @Override
  public String toString() {
    return "EmbeddingsQuestion[%d inputs]".formatted(inputs.size());
  }
}
