/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.component.LlmConstants;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the three stages from the variables of an exchange. */
final class Answers {

  private static final List<String> STAGES = List.of("label", "summary", "fields");
  private static final List<String> FIELDS =
      List.of("title", "date", "sender", "amount", "language");
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Answers() {}

  /**
   * The result of a document that went through all stages.
   *
   * @throws BadAnswerException if the facts are not the JSON object that was asked for
   */
  static DocumentResult read(Exchange exchange) throws BadAnswerException {
    return new DocumentResult(
        document(exchange),
        text(exchange, "label"),
        text(exchange, "summary"),
        fields(exchange),
        null,
        sum(exchange, LlmConstants.INPUT_TOKENS),
        sum(exchange, LlmConstants.OUTPUT_TOKENS));
  }

  static String document(Exchange exchange) {
    // Not as a String: Camel would read the file.
    return exchange.getVariable("document", Path.class).toString();
  }

  private static String text(Exchange exchange, String variable) {
    return exchange.getVariable(variable, String.class).strip();
  }

  private static Map<String, Object> fields(Exchange exchange) throws BadAnswerException {
    Map<String, Object> fields;
    try {
      fields = JSON.readValue(text(exchange, "fields"), OBJECT);
    } catch (JsonProcessingException e) {
      throw new BadAnswerException(
          "The model was asked for a JSON object and sent something else (it ended with %s)."
              .formatted(exchange.getVariable("header:fields." + LlmConstants.FINISH_REASON)));
    }
    if (!fields.keySet().containsAll(FIELDS)) {
      throw new BadAnswerException(
          "The model's JSON object lacks a field; it has " + fields.keySet() + ".");
    }
    return fields;
  }

  /** A stage's headers are kept as variables beside its answer. */
  private static @Nullable Long sum(Exchange exchange, String header) {
    long sum = 0;
    for (String stage : STAGES) {
      Long tokens = exchange.getVariable("header:" + stage + "." + header, Long.class);
      if (tokens == null) {
        return null;
      }
      sum += tokens;
    }
    return sum;
  }
}
