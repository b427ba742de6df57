/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sums of a run. Not thread-safe: whoever adds makes sure that it is alone. */
final class Totals {

  private final Map<String, Cost> classes = new TreeMap<>();
  private final Map<Stage, Cost> stages = new EnumMap<>(Stage.class);
  private final Cost all = new Cost();
  private int completed;
  private int failed;
  private @Nullable String traceId;

  void add(DocumentResult result) {
    if (result.isFailed()) {
      failed++;
    } else {
      completed++;
      String label = String.valueOf(result.label());
      classes.computeIfAbsent(label, l -> new Cost()).addDocument(result);
    }
    all.addDocument(result);
    traceId = traceId == null ? result.traceId() : traceId;
    result
        .stages()
        .forEach((stage, cost) -> stages.computeIfAbsent(stage, s -> new Cost()).add(cost));
  }

  int documents() {
    return completed + failed;
  }

  int completed() {
    return completed;
  }

  int failed() {
    return failed;
  }

  /** A trace that telemetry has of a document; null if there is none. */
  @Nullable String traceId() {
    return traceId;
  }

  /** Of all calls, also those of documents that failed later. */
  Cost all() {
    return all;
  }

  /** By label, of the documents that completed. */
  Map<String, Cost> classes() {
    return classes;
  }

  /** By question, of all calls. */
  Map<Stage, Cost> stages() {
    return stages;
  }
}
