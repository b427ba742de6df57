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

  /** A model may make up any number of labels. */
  private static final int MOST_CLASSES = 100;

  private static final String OTHER = "other";

  private final Map<String, Tally> classes = new TreeMap<>();
  private final Map<String, Tally> stages = new LinkedHashMap<>();
  private final Tally all = new Tally();
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
        boolean hasPlace = classes.containsKey(label) || classes.size() < MOST_CLASSES;
        classes.computeIfAbsent(hasPlace ? label : OTHER, l -> new Tally()).addDocument(result);
      }
    }
    all.addDocument(result);
    traceId = traceId == null ? result.traceId() : traceId;
    result
        .stages()
        .forEach((stage, part) -> stages.computeIfAbsent(stage, s -> new Tally()).add(part));
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
  Tally all() {
    return all;
  }

  /** By label, of the documents that completed: the first 100 labels, and "other" for the rest. */
  Map<String, Tally> classes() {
    return classes;
  }

  /** By stage, of all calls. */
  Map<String, Tally> stages() {
    return stages;
  }
}
