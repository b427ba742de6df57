/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** JSON as it is sent. */
final class Bytes {

  private Bytes() {}

  static byte[] of(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
