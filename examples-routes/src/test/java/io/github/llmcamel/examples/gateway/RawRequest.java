/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

/** Requests as they stand in the bytes of HTTP/1.1, each on a connection of its own. */
final class RawRequest {

  static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  private RawRequest() {}

  /**
   * Posts a chat.
   *
   * @param headers more of them, each with its line end
   */
  static String post(String body, String... headers) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\n"
        + String.join("", headers)
        + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }
}
