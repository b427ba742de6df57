/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.launch.Dsl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Details of the answers without which one of the official clients fails or is misled. */
@TestInstance(Lifecycle.PER_CLASS)
class WhatClientsNeedTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;

  @BeforeAll
  void startGateway(@TempDir Path folder) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("gateway.properties"),
            """
            gateway.models[vendor/model] = llm:simulator
            gateway.models[breaks] = llm:simulator?extra.fail=truncate
            """);
    gateway = new Gateway(config, null, 0, Dsl.java);
    gateway.start();
  }

  @AfterAll
  void stopGateway() {
    gateway.close();
  }

  /** Those of Python, JavaScript and Java escape it. */
  @ParameterizedTest
  @ValueSource(strings = {"vendor/model", "vendor%2Fmodel", "vendor%2fmodel"})
  void modelMayHaveSlashInItsName(String path) throws Exception {
    HttpResponse<String> answer = send(request("/v1/models/" + path).GET());
    assertThat(answer.body()).contains("\"id\":\"vendor/model\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1%2Fmodels",
        "/v1/models/..%2Fmodels",
        "/v1/models/..%2F..%2Fhealth",
        "/v1/models/..%2Fchat%2Fcompletions",
        "/v1/models/a%2F%2E%2E%2Fb",
        "/v1/models/a%2F..%2Fvendor%2Fmodel",
        "/v1/models/a%2F%2Fb"
      })
  void escapedSlashLeadsNowhereElse(String path) throws Exception {
    HttpResponse<String> answer = send(request(path).GET());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"code\":\"unknown_path\"");
  }

  /** LangChain4j takes an answer for complete whose error has no name. */
  @Test
  void errorInStreamIsNamedEvent() throws Exception {
    String events = chat("{\"model\":\"breaks\",\"stream\":true,\"messages\":[%s]}").body();
    assertThat(events).contains("\n\nevent: error\ndata: {\"error\":").doesNotContain("[DONE]");
  }

  @Test
  void missingMessagesAreNamed() throws Exception {
    HttpResponse<String> answer = chat("{\"model\":\"breaks\",\"messages\":[]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"param\":\"messages\"");
  }

  private HttpResponse<String> chat(String body) throws Exception {
    String message = "{\"role\":\"user\",\"content\":\"Hello, how are you?\"}";
    return send(
        request("/v1/chat/completions")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.formatted(message))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.address() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
