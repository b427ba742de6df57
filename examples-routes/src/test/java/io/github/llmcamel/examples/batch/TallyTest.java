/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.StageResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Tally tally = new Tally();

  @Test
  void aTimeThatNobodyKnowsIsUnknown() {
    assertThat(tally.time()).isEqualTo("unknown");

    tally.add(DocumentResults.call(null, null, 1.0, null));
    assertThat(tally.firstTokenTime()).isEqualTo("unknown");

    tally.add(DocumentResults.call(null, null, 1.0, 0.0));
    assertThat(tally.firstTokenTime()).isEqualTo("0.00 s (0.00 s at most)");
  }

  @Test
  void aTimeIsTheMedianAndTheWorst() {
    for (double seconds : new double[] {9, 1, 2}) {
      tally.add(DocumentResults.call(null, null, seconds, null));
    }
    assertThat(tally.time()).isEqualTo("2.00 s (9.00 s at most)");

    tally.add(DocumentResults.call(null, null, 3.0, null));
    assertThat(tally.time()).as("the lower of two").isEqualTo("2.00 s (9.00 s at most)");
  }

  @Test
  void aDocumentHasAllItsCalls() {
    StageResult call = DocumentResults.call(1L, 2L, 1.0, null);
    Map<String, StageResult> calls = Map.of("classify", call, "extract", call);

    tally.addDocument(DocumentResults.completed("a", "log", "It is.", calls));

    assertThat(tally.documents()).isEqualTo(1);
    assertThat(tally.calls()).isEqualTo(2);
    assertThat(tally.sums().outputTokens()).isEqualTo("4");
  }

  @Test
  void aCallThatWasNotAnsweredHasNoTimeAndNoBill() {
    tally.add(DocumentResults.call(DocumentResults.spent("0.25", "EUR")));
    tally.add(new StageResult(6, 0, "m", null, null, null, null));

    assertThat(tally.calls()).isEqualTo(7);
    assertThat(tally.time()).isEqualTo("1.00 s (1.00 s at most)");
    assertThat(tally.sums().money()).isEqualTo("0.25 EUR");
  }

  @Test
  void whatEarlierRunsSpentIsPartOfItAndSaid() {
    StageResult call = DocumentResults.call(DocumentResults.spent("0.25", "EUR"));
    tally.add(call);
    assertThat(tally.fromEarlierRuns()).isEmpty();

    tally.add(call.knownBefore());

    assertThat(tally.sums()).hasToString("30 tokens, 0.5 EUR");
    assertThat(tally.fromEarlierRuns())
        .isEqualTo(
            "1 answers are from an earlier run. They took 15 tokens, 0.25 EUR of these sums.");
  }

  @Test
  void aStageThatIsPartlyFromAnEarlierRunTookTheTimeOfBoth() {
    tally.add(
        new StageResult(
            3,
            1,
            null,
            null,
            DocumentResults.spent("1", "USD"),
            DocumentResults.spent("1", "EUR"),
            null));

    assertThat(tally.time()).isEqualTo("2.00 s (2.00 s at most)");
    assertThat(tally.sums().money()).isEqualTo("1 EUR + 1 USD");
    assertThat(tally.earlier()).hasToString("15 tokens, 1 EUR");
  }
}
