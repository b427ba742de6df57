/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.llmcamel.transport.HttpCall;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Requests as a client would send them. */
final class Requests {

  private Requests() {}

  /**
   * @param members further members of the body, each with its comma in front
   */
  static HttpCall chat(String text, String members) {
    return post(
        "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
            .formatted(text, members));
  }

  static HttpCall post(String body) {
    return call("POST", "simulator://simulator/v1/chat/completions", body);
  }

  static HttpCall call(String method, String uri, String body) {
    return new HttpCall(
        method,
        URI.create(uri),
        Map.of("content-type", "application/json"),
        body.getBytes(UTF_8),
        Duration.ofSeconds(1));
  }
}
