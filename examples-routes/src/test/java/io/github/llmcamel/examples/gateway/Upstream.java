/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Model servers on one port, told apart by the first part of the path: their names. */
final class Upstream implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private static final String JSON = "application/json";

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @Override
  public void beforeAll(ExtensionContext tests) {
    server.start();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    reset();
  }

  /** Forgets answers and requests. */
  void reset() {
    server.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    server.stop();
  }

  int port() {
    return server.port();
  }

  /** Host and port. */
  String authority() {
    return "127.0.0.1:" + port();
  }

  /** The base URL of one that speaks OpenAI's protocol. */
  String openAi(String name) {
    return url(name) + "/v1";
  }

  String url(String name) {
    return "http://%s/%s".formatted(authority(), name);
  }

  /** The lines that configure providers of OpenAI's protocol, each with a key of its own. */
  String[] providers(String... names) {
    return Arrays.stream(names)
        .flatMap(name -> List.of(baseUrl(name, openAi(name)), key(name)).stream())
        .toArray(String[]::new);
  }

  static String baseUrl(String name, String url) {
    return "camel.component.llm.providers[%s].base-url=%s".formatted(name, url);
  }

  private static String key(String name) {
    return "camel.component.llm.providers[%s].api-key=%s".formatted(name, secret(name));
  }

  /** The key that the gateway shows to a provider. */
  static String secret(String name) {
    return "provider-key-of-" + name;
  }

  void answers(String name, ResponseDefinitionBuilder answer) {
    server.stubFor(any(urlPathMatching("/" + name + "/.*")).willReturn(answer));
  }

  void answers(String name, int status, String json) {
    answers(name, aResponse().withStatus(status).withHeader("Content-Type", JSON).withBody(json));
  }

  /** Answers with an error in OpenAI's shape. */
  void refuses(String name, int status) {
    answers(name, status, error("The provider says %d.".formatted(status), "some_code"));
  }

  static String error(String message, String code) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"some_type\",\"param\":null,\"code\":\"%s\"}}"
        .formatted(message, code);
  }

  /** Answers with events as OpenAI sends them. */
  void streams(String name, String... chunks) {
    String events =
        Arrays.stream(chunks).map("data: %s\n\n"::formatted).collect(Collectors.joining());
    answers(name, events(events + "data: [DONE]\n\n"));
  }

  static ResponseDefinitionBuilder events(String body) {
    return aResponse().withHeader("Content-Type", "text/event-stream").withBody(body);
  }

  /** Answers with a chat completion. */
  void says(String name, String text) {
    answers(
        name,
        200,
        """
        {"id":"c-1","object":"chat.completion","created":1700000000,"model":"real-%s","choices":
          [{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
        """
            .formatted(name, text));
  }

  /** Answers with a chat completion in three chunks and one with the counts. */
  void streamsText(String name, String text) {
    streams(
        name,
        chunk(name, "{\"role\":\"assistant\",\"content\":\"\"}", "null"),
        chunk(name, "{\"content\":\"%s\"}".formatted(text), "null"),
        chunk(name, "{}", "\"stop\""),
        """
        {"id":"c-1","created":1700000000,"model":"real-%s","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""
            .formatted(name));
  }

  static String chunk(String name, String delta, String finish) {
    return """
    {"id":"c-1","created":1700000000,"model":"real-%s","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}"""
        .formatted(name, delta, finish);
  }

  /** The requests to one, the earliest first. */
  List<LoggedRequest> requests(String name) {
    return server.findAll(anyRequestedFor(urlPathMatching("/" + name + "/.*")));
  }

  /** The body of the last request to one. */
  JsonNode received(String name) {
    List<LoggedRequest> requests = requests(name);
    return JsonText.read(requests.get(requests.size() - 1).getBodyAsString());
  }
}
