/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.Map;

/** Results of documents that no route has seen. */
final class DocumentResults {

  private DocumentResults() {}

  static DocumentResult completed(
      String document, String label, String summary, Map<Stage, StageResult> stages) {
    return new DocumentResult(document, label, summary, Map.of(), null, null, null, stages);
  }

  static DocumentResult failed(String document, String error) {
    return failed(document, error, Map.of());
  }

  static DocumentResult failed(String document, String error, Map<Stage, StageResult> stages) {
    return new DocumentResult(document, null, null, null, error, null, null, stages);
  }
}
