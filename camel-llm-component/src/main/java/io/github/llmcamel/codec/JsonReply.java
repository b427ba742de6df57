/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.LlmException;
import java.nio.charset.StandardCharsets;

/** Reads an answer that is one JSON document, where none is ever streamed. */
public final class JsonReply {

  private static final int FIRST_BYTES = 2_048;

  private JsonReply() {}

  /**
   * Reads the document.
   *
   * @throws LlmException if it reports an error in spite of its status, or is no JSON
   */
  public static JsonNode read(ReplyHead head, byte[] body) throws LlmException {
    String start = new String(body, 0, Math.min(body.length, FIRST_BYTES), StandardCharsets.UTF_8);
    if (start.isBlank()) {
      throw BrokenReply.nothing(head);
    }
    if (start.stripLeading().startsWith("<")) {
      throw BrokenReply.webPage(head, body, body.length);
    }
    JsonNode json = Json.tryRead(body, body.length);
    if (json == null) {
      throw BrokenReply.notJson(head);
    }
    if (ErrorReader.isError(json)) {
      throw ErrorReader.ofAnswer(head, json);
    }
    return json;
  }
}
