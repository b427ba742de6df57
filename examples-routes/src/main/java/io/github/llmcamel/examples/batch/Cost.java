/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What some calls cost together. A text of something that no call told is "unknown". */
final class Cost {

  private static final String UNKNOWN = "unknown";

  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> firstTokenSeconds = new ArrayList<>();
  private int documents;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;

  void addDocument(DocumentResult result) {
    documents++;
    result.stages().values().forEach(this::add);
  }

  void add(StageResult call) {
    seconds.add(call.seconds());
    if (call.firstTokenSeconds() != null) {
      firstTokenSeconds.add(call.firstTokenSeconds());
    }
    inputTokens = sum(inputTokens, call.inputTokens());
    outputTokens = sum(outputTokens, call.outputTokens());
  }

  private static @Nullable Long sum(@Nullable Long known, @Nullable Long more) {
    if (more == null) {
      return known;
    }
    return known == null ? more : Long.valueOf(known + more);
  }

  int documents() {
    return documents;
  }

  int calls() {
    return seconds.size();
  }

  String inputTokens() {
    return tokens(inputTokens);
  }

  String outputTokens() {
    return tokens(outputTokens);
  }

  /** How long a call takes in the middle and at worst. */
  String time() {
    return spread(seconds);
  }

  /** When the first token comes, in the middle and at worst; known of streamed answers only. */
  String firstTokenTime() {
    return spread(firstTokenSeconds);
  }

  private static String tokens(@Nullable Long count) {
    return count == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", count);
  }

  private static String spread(List<Double> values) {
    if (values.isEmpty()) {
      return UNKNOWN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f s at most)",
        sorted.get((sorted.size() - 1) / 2),
        sorted.get(sorted.size() - 1));
  }
}
