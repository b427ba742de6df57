/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What a client gets. */
final class Reply {

  private static final String DONE = "[DONE]";

  private final HttpResponse<String> response;

  Reply(HttpResponse<String> response) {
    this.response = response;
  }

  int status() {
    return response.statusCode();
  }

  String body() {
    return response.body();
  }

  JsonNode json() {
    return JsonText.read(body());
  }

  /** The error in OpenAI's shape. */
  JsonNode error() {
    return json().path("error");
  }

  /** Empty if there is none. */
  String header(String name) {
    return headers().firstValue(name).orElse("");
  }

  HttpHeaders headers() {
    return response.headers();
  }

  /** Headers and body: whatever a client can read. */
  String all() {
    return headers().map() + "\n" + body();
  }

  /** The data of all events of a stream, the one that ends it too. */
  List<String> events() {
    List<String> events = new ArrayList<>();
    for (String event : body().split("\n\n", 0)) {
      String data = event.replaceFirst("^event: error\n", "");
      assertThat(data).startsWith("data: ").doesNotContain("\n");
      events.add(data.substring("data: ".length()));
    }
    return events;
  }

  /** The chunks of a stream that is complete. */
  List<JsonNode> chunks() {
    assertThat(status()).as(body()).isEqualTo(200);
    assertThat(events()).endsWith(DONE).containsOnlyOnce(DONE);
    return events().stream().filter(data -> !data.equals(DONE)).map(JsonText::read).toList();
  }

  @Override
  public String toString() {
    return status() + " " + all();
  }
}
