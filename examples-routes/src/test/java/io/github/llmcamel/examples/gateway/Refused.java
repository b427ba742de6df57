/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;

/**
 * What every refusal is: an error as OpenAI's clients read it, which tells nothing of the server.
 */
final class Refused {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Refused() {}

  /** Asserts that a request is refused with one of the statuses. */
  static RawReply assertRefused(RunningGateway gateway, String request, Integer... statuses)
      throws IOException {
    return assertRefused(RawClient.ask(gateway.address(), request), statuses);
  }

  /** Asserts that an answer is a refusal with one of the statuses. */
  static RawReply assertRefused(RawReply reply, Integer... statuses) throws IOException {
    assertThat(reply.status()).as(reply.toString()).isIn((Object[]) statuses);
    JsonNode error = JSON.readTree(reply.body().getBytes(ISO_8859_1)).path("error");
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").textValue()).isNotBlank();
    assertThat(error.path("type").textValue()).isEqualTo("invalid_request_error");
    assertThat(reply.header("x-request-id")).as("x-request-id").isNotBlank();
    assertThat(reply.toString().toLowerCase(Locale.ROOT))
        .doesNotContain("jetty", "camel", "java", "exception", "\tat ", "<html", "\nx-evil");
    return reply;
  }
}
