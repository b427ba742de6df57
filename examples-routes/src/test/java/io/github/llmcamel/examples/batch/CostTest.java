/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.StageResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTest {

  private final Cost cost = new Cost();

  @Test
  void whatNoCallToldIsUnknown() {
    cost.add(DocumentResults.call(null, null, 1.0, null));

    assertThat(cost.inputTokens()).isEqualTo("unknown");
    assertThat(cost.outputTokens()).isEqualTo("unknown");
    assertThat(cost.firstTokenTime()).isEqualTo("unknown");
    assertThat(new Cost().time()).isEqualTo("unknown");
  }

  @Test
  void zeroIsKnown() {
    cost.add(DocumentResults.call(0L, 0L, 0.0, 0.0));

    assertThat(cost.inputTokens()).isEqualTo("0");
    assertThat(cost.outputTokens()).isEqualTo("0");
    assertThat(cost.firstTokenTime()).isEqualTo("0.00 s (0.00 s at most)");
  }

  @Test
  void whatSomeCallsToldIsTheSumOfThat() {
    cost.add(DocumentResults.call(null, 1L, 1.0, null));
    cost.add(DocumentResults.call(1_000_000L, null, 1.0, 0.25));
    cost.add(DocumentResults.call(234_567L, 2L, 1.0, null));

    assertThat(cost.inputTokens()).isEqualTo("1,234,567");
    assertThat(cost.outputTokens()).isEqualTo("3");
    assertThat(cost.firstTokenTime()).isEqualTo("0.25 s (0.25 s at most)");
  }

  @Test
  void aTimeIsTheMedianAndTheWorst() {
    for (double seconds : new double[] {9, 1, 2}) {
      cost.add(DocumentResults.call(null, null, seconds, null));
    }
    assertThat(cost.time()).isEqualTo("2.00 s (9.00 s at most)");

    cost.add(DocumentResults.call(null, null, 3.0, null));
    assertThat(cost.time()).as("the lower of two").isEqualTo("2.00 s (9.00 s at most)");
  }

  @Test
  void aDocumentHasAllItsCalls() {
    StageResult call = DocumentResults.call(1L, 2L, 1.0, null);
    Map<String, StageResult> calls = Map.of("classify", call, "extract", call);

    cost.addDocument(DocumentResults.completed("a", "log", "It is.", calls));

    assertThat(cost.documents()).isEqualTo(1);
    assertThat(cost.calls()).isEqualTo(2);
    assertThat(cost.outputTokens()).isEqualTo("4");
  }
}
