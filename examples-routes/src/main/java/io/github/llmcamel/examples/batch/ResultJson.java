/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/** Results as JSON, each on a line. */
final class ResultJson {

  private static final JsonMapper WHOLE =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final JsonMapper READABLE =
      WHOLE.rebuild().addMixIn(DocumentResult.class, ForReaders.class).build();

  /** The ledger has the rest. */
  @JsonIgnoreProperties({"text", "entries"})
  private interface ForReaders {}

  private ResultJson() {}

  /** What a reader wants to know. */
  static String forReaders(DocumentResult result) {
    return write(READABLE, result);
  }

  /** All that there is, for another process. */
  static String whole(DocumentResult result) {
    return write(WHOLE, result);
  }

  private static String write(JsonMapper json, DocumentResult result) {
    try {
      return json.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what one of the others has written. */
  static DocumentResult parse(String line) {
    try {
      return WHOLE.readValue(line, DocumentResult.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
