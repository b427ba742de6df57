/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.llmcamel.otel.LlmTelemetry;
import java.io.File;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document: one line of {@code results.jsonl}. What is null is left out.
 *
 * @param document its path
 * @param error why it failed; null if it did not
 * @param unfit the answer that is not the JSON that was asked for; null if there is none
 * @param traceId of its trace in telemetry; null if there is none
 * @param stages what each question cost that was answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentResult(
    String document,
    @Nullable String label,
    @Nullable String summary,
    @Nullable Map<String, Object> fields,
    @Nullable String error,
    @Nullable String unfit,
    @Nullable String traceId,
    Map<Stage, StageResult> stages) {

  /** The result of a document that went through all stages. */
  static DocumentResult completed(Exchange exchange) {
    return new DocumentResult(
        document(exchange),
        exchange.getVariable("label", String.class),
        exchange.getVariable("summary", String.class),
        fields(exchange),
        null,
        null,
        traceId(exchange),
        stages(exchange));
  }

  /** The result of a document that failed on its way, with the answers it has. */
  static DocumentResult failed(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    String reason = cause.getMessage();
    return new DocumentResult(
        document(exchange),
        exchange.getVariable("label", String.class),
        exchange.getVariable("summary", String.class),
        null,
        reason == null ? cause.getClass().getSimpleName() : reason,
        exchange.getVariable("fields") instanceof String answer ? answer : null,
        traceId(exchange),
        stages(exchange));
  }

  boolean isFailed() {
    return error != null;
  }

  /** Cut from the text, which may be no path: not every system can write every name. */
  String fileName() {
    return document.substring(document.lastIndexOf(File.separatorChar) + 1);
  }

  private static String document(Exchange exchange) {
    // Not as a String: Camel would read the file.
    return exchange.getVariable("document", Path.class).toString();
  }

  @SuppressWarnings("unchecked") // Fields made it
  private static Map<String, Object> fields(Exchange exchange) {
    return exchange.getVariable("fields", Map.class);
  }

  private static @Nullable String traceId(Exchange exchange) {
    return exchange.getProperty(LlmTelemetry.TRACE_ID, String.class);
  }

  private static Map<Stage, StageResult> stages(Exchange exchange) {
    Map<Stage, StageResult> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      StageResult result = StageResult.of(stage, exchange);
      if (result != null) {
        stages.put(stage, result);
      }
    }
    return stages;
  }
}
