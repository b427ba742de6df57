/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.stages.StageResult;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document. What is null is left out of JSON.
 *
 * @param document what tells it from all others: its path, that and a row, or its URL
 * @param values what the pipeline found out, by name
 * @param error why it failed; null if it did not
 * @param answer the last answer of a model before it failed; null if there is none
 * @param traceId of its trace in telemetry; null if there is none
 * @param stages what each stage took that was answered, by name
 * @param text of a document that failed; null if it has none, or did not fail
 * @param entries for the ledger
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentResult(
    String document,
    @JsonAnyGetter @JsonAnySetter Map<String, Object> values,
    @Nullable String error,
    @Nullable String answer,
    @Nullable String traceId,
    Map<String, StageResult> stages,
    @Nullable String text,
    List<LedgerEntry> entries) {

  DocumentResult {
    values = values == null ? Map.of() : values;
    entries = entries == null ? List.of() : entries;
  }

  /** This, with what the ledger is to know. */
  DocumentResult with(List<LedgerEntry> forLedger) {
    return new DocumentResult(document, values, error, answer, traceId, stages, text, forLedger);
  }

  /** This, as it was found in the ledger: no answer of it is new. */
  DocumentResult knownBefore(String read) {
    Map<String, StageResult> known = new LinkedHashMap<>();
    stages.forEach((stage, result) -> known.put(stage, result.knownBefore()));
    return new DocumentResult(
        document, values, error, answer, traceId, known, isFailed() ? read : null, List.of());
  }

  /** This, without what is long and the ledger alone wants; a failed one has its reason left. */
  DocumentResult shortened() {
    return new DocumentResult(
        document,
        isFailed() ? Map.of() : values,
        error,
        null,
        traceId,
        stages,
        null,
        entries.stream()
            .filter(entry -> entry.stage().equals(LedgerEntry.WHOLE))
            .map(LedgerEntry::withoutResult)
            .toList());
  }

  boolean isFailed() {
    return error != null;
  }

  /** One of the values as a text; null if there is none. */
  @Nullable String value(String name) {
    Object value = values.get(name);
    return value == null ? null : value.toString();
  }

  /**
   * Its last name, else all of it. Cut from the text, which may be no path: not every system can
   * write every name.
   */
  String fileName() {
    String name = document.substring(document.lastIndexOf(File.separatorChar) + 1);
    return name.isEmpty() ? document : name;
  }
}
