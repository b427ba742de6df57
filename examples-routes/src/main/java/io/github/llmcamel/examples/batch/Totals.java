/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sums of a run. Not thread-safe: whoever adds makes sure that it is alone. */
final class Totals {

  /** The value that puts a document into a class, if the pipeline has one. */
  private static final String LABEL = "label";

  private final Map<String, Cost> classes = new TreeMap<>();
  private final Map<String, Cost> stages = new LinkedHashMap<>();
  private final Cost all = new Cost();
  private int completed;
  private int failed;
  private @Nullable String traceId;

  void add(DocumentResult result) {
    if (result.isFailed()) {
      failed++;
    } else {
      completed++;
      String label = result.value(LABEL);
      if (label != null) {
        classes.computeIfAbsent(label, l -> new Cost()).addDocument(result);
      }
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
  Map<String, Cost> stages() {
    return stages;
  }
}
