/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.stages.StageResult;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of documents that no route has seen. */
final class DocumentResults {

  private DocumentResults() {}

  static DocumentResult completed(
      String document, String label, String summary, Map<String, StageResult> stages) {
    return new DocumentResult(
        document,
        Map.of("label", label, "summary", summary),
        null,
        null,
        null,
        stages,
        null,
        List.of());
  }

  static DocumentResult failed(String document, String error) {
    return failed(document, error, Map.of());
  }

  static DocumentResult failed(String document, String error, Map<String, StageResult> stages) {
    return new DocumentResult(document, Map.of(), error, null, null, stages, null, List.of());
  }

  /** One call that was not answered before. */
  static StageResult call(
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      double seconds,
      @Nullable Double firstTokenSeconds) {
    return call(new Spending(inputTokens, outputTokens, null, null, seconds, firstTokenSeconds));
  }

  /** One call that was not answered before. */
  static StageResult call(Spending spent) {
    return new StageResult(1, 0, null, null, spent, null, "stop");
  }

  /** Fifteen tokens, and what they cost. */
  static Spending spent(String cost, String currency) {
    return new Spending(10L, 5L, new BigDecimal(cost), currency, 1, null);
  }

  /** Two stages, in this order. */
  static Map<String, StageResult> stages(String first, String second, StageResult each) {
    Map<String, StageResult> stages = new LinkedHashMap<>();
    stages.put(first, each);
    stages.put(second, each);
    return stages;
  }
}
