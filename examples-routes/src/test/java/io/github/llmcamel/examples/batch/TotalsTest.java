/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.StageResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TotalsTest {

  private static final StageResult CALL = DocumentResults.call(10L, 1L, 1.0, null);

  private final Totals totals = new Totals();

  @Test
  void aDocumentThatFailedHasCostsButNoClass() {
    totals.add(completed("a", "log", CALL));
    totals.add(DocumentResults.failed("b", "no", Map.of("classify", CALL)));

    assertThat(totals.documents()).isEqualTo(2);
    assertThat(totals.completed()).isEqualTo(1);
    assertThat(totals.failed()).isEqualTo(1);
    assertThat(totals.all().documents()).isEqualTo(2);
    assertThat(totals.all().sums().inputTokens()).isEqualTo("20");
    assertThat(totals.classes()).containsOnlyKeys("log");
    assertThat(totals.classes().get("log"))
        .extracting(Tally::documents, log -> log.sums().inputTokens())
        .containsExactly(1, "10");
  }

  @Test
  void classesAreInAlphabeticalOrderAndStagesInThatOfTheRoute() {
    totals.add(
        DocumentResults.completed(
            "a", "log", "It is.", DocumentResults.stages("classify", "extract", CALL)));
    totals.add(completed("b", "invoice", CALL));

    assertThat(totals.classes().keySet()).containsExactly("invoice", "log");
    assertThat(totals.stages().keySet()).containsExactly("classify", "extract");
    assertThat(totals.stages().values()).extracting(Tally::calls).containsExactly(2L, 1L);
  }

  @Test
  void labelsBeyondTheHundredthAreOther() {
    for (int i = 0; i < 1000; i++) {
      totals.add(completed("a" + i, "label " + i, CALL));
    }
    totals.add(completed("b", "label 7", CALL));

    assertThat(totals.classes()).hasSize(101);
    assertThat(totals.classes().get("label 7")).extracting(Tally::documents).isEqualTo(2);
    assertThat(totals.classes().get("other")).extracting(Tally::documents).isEqualTo(900);
  }

  @Test
  void theFirstTraceThatIsKnownStaysTheExample() {
    for (String traceId : new @Nullable String[] {null, "1", "2"}) {
      totals.add(new DocumentResult("a", Map.of(), "no", null, traceId, Map.of(), null, List.of()));
    }

    assertThat(totals.traceId()).isEqualTo("1");
  }

  private static DocumentResult completed(String document, String label, StageResult classified) {
    return DocumentResults.completed(document, label, "It is.", Map.of("classify", classified));
  }
}
