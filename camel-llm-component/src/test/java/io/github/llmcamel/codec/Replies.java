/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replies of a provider called acme. */
public final class Replies {

  private Replies() {}

  /** A head with headers given as names and values in turn, names in lower case. */
  public static ReplyHead head(int status, String... namesAndValues) {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return new ReplyHead(
        "acme",
        URI.create("http://localhost:1/v1/chat/completions"),
        status,
        headers,
        Secrets.NONE);
  }

  /** Bytes of JSON written with single quotes, so that tests stay readable. */
  public static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static LlmException read(int status, String body) {
    return ErrorReader.ofStatus(head(status), utf8(body));
  }
}
