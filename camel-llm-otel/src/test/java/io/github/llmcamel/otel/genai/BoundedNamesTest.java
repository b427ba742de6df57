/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.CapturedLog;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedNamesTest {

  private final BoundedNames names = new BoundedNames("models", 100);

  @Test
  void keepsTheFirstHundredAndFoldsTheRest() {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(IntStream.range(0, 100).mapToObj(i -> names.fold("m" + i)))
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
      assertThat(names.fold("m100")).isEqualTo("other");
      assertThat(names.fold("m101")).isEqualTo("other");
      assertThat(names.fold("m7")).isEqualTo("m7");

      assertThat(log.linesWith("Metrics count some models as")).hasSize(1);
    }
  }

  @Test
  void foldsWhatIsTooLongToBeAName() {
    assertThat(names.fold("m".repeat(200))).hasSize(200);
    assertThat(names.fold("m".repeat(201))).isEqualTo("other");
  }
}
