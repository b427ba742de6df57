/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.examples.stages.DocumentStages;
import io.github.llmcamel.otel.LlmTelemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;

/** The last step of the route: what became of the document becomes the body. */
public final class ResultOf {

  /**
   * A document that went through all stages.
   *
   * @param names of the variables that are its values, with commas between them
   * @throws BadAnswerException if one of them is empty
   */
  public DocumentResult completed(
      Exchange exchange, @Simple("${properties:batch.values}") String names)
      throws BadAnswerException {
    Map<String, Object> values = values(exchange, names);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      if (value.getValue().toString().isBlank()) {
        throw new BadAnswerException(
            "The model was asked for the %s and said nothing.".formatted(value.getKey()));
      }
    }
    return result(exchange, values, null, null);
  }

  /** A document that failed on its way, with the values that it has. */
  public DocumentResult failed(
      Exchange exchange,
      @Body @Nullable Object body,
      @Simple("${properties:batch.values}") String names) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    String message = cause.getMessage();
    return result(
        exchange,
        values(exchange, names),
        message == null ? cause.getClass().getSimpleName() : message,
        body instanceof String text ? text : null);
  }

  private static DocumentResult result(
      Exchange exchange,
      Map<String, Object> values,
      @Nullable String error,
      @Nullable String text) {
    DocumentStages stages = Objects.requireNonNull(DocumentStages.of(exchange), "no document");
    DocumentResult result =
        new DocumentResult(
            stages.document(),
            values,
            error,
            error == null ? null : stages.lastAnswer(exchange),
            exchange.getProperty(LlmTelemetry.TRACE_ID, String.class),
            stages.results(),
            text,
            List.of());
    List<LedgerEntry> ended = stages.ended(exchange, error, ResultJson.forReaders(result));
    List<LedgerEntry> entries = new ArrayList<>(stages.entries());
    entries.addAll(ended);
    return result.with(entries);
  }

  private static Map<String, Object> values(Exchange exchange, String names) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : ResultNames.split(names)) {
      Object value = exchange.getVariable(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }
}
