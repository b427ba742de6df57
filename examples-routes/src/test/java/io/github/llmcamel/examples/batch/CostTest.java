/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostTest {

  private final Cost cost = new Cost();

  @Test
  void whatNoCallToldIsUnknown() {
    cost.add(call(null, null, 1.0, null));

    assertThat(cost.inputTokens()).isEqualTo("unknown");
    assertThat(cost.outputTokens()).isEqualTo("unknown");
    assertThat(cost.firstTokenTime()).isEqualTo("unknown");
    assertThat(new Cost().time()).isEqualTo("unknown");
  }

  @Test
  void zeroIsKnown() {
    cost.add(call(0L, 0L, 0.0, 0.0));

    assertThat(cost.inputTokens()).isEqualTo("0");
    assertThat(cost.outputTokens()).isEqualTo("0");
    assertThat(cost.firstTokenTime()).isEqualTo("0.00 s (0.00 s at most)");
  }

  @Test
  void whatSomeCallsToldIsTheSumOfThat() {
    cost.add(call(null, 1L, 1.0, null));
    cost.add(call(1_000_000L, null, 1.0, 0.25));
    cost.add(call(234_567L, 2L, 1.0, null));

    assertThat(cost.inputTokens()).isEqualTo("1,234,567");
    assertThat(cost.outputTokens()).isEqualTo("3");
    assertThat(cost.firstTokenTime()).isEqualTo("0.25 s (0.25 s at most)");
  }

  @Test
  void aTimeIsTheMedianAndTheWorst() {
    for (double seconds : new double[] {9, 1, 2}) {
      cost.add(call(null, null, seconds, null));
    }
    assertThat(cost.time()).isEqualTo("2.00 s (9.00 s at most)");

    cost.add(call(null, null, 3.0, null));
    assertThat(cost.time()).as("the lower of two").isEqualTo("2.00 s (9.00 s at most)");
  }

  @Test
  void aDocumentHasAllItsCalls() {
    StageResult call = call(1L, 2L, 1.0, null);
    Map<Stage, StageResult> calls = Map.of(Stage.CLASSIFY, call, Stage.EXTRACT, call);

    cost.addDocument(DocumentResults.completed("a", "log", "It is.", calls));

    assertThat(cost.documents()).isEqualTo(1);
    assertThat(cost.calls()).isEqualTo(2);
    assertThat(cost.outputTokens()).isEqualTo("4");
  }

  private static StageResult call(
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      double seconds,
      @Nullable Double firstTokenSeconds) {
    return new StageResult(inputTokens, outputTokens, seconds, firstTokenSeconds, "stop");
  }
}
