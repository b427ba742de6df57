/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** Results as JSON, each on a line. */
final class ResultJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(DocumentResult.class, ForReaders.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The ledger has the rest. */
  @JsonIgnoreProperties({"text", "entries"})
  private interface ForReaders {}

  private ResultJson() {}

  /** What a reader wants to know. */
  static String forReaders(DocumentResult result) {
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #forReaders} has written. */
  static DocumentResult parse(String line) {
    try {
      return JSON.readValue(line, DocumentResult.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
