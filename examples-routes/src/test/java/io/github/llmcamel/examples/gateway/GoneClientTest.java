/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes before its answer has begun. */
class GoneClientTest {

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNoFailureOfTheGateway(boolean streamed, @TempDir Path folder) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("gateway.properties"),
            "gateway.models[*] = llm:simulator?extra.fail=stall");
    try (Gateway gateway = new Gateway(config, null, 0, Dsl.java)) {
      gateway.start();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(chat(gateway, streamed), BodyHandlers.ofString());
      await().until(() -> requests(gateway).path("inFlight").asInt() == 1);

      answer.cancel(true);

      await().until(() -> requests(gateway).path("clientsGone").asInt() == 1);
      await().until(() -> requests(gateway).path("inFlight").asInt() == 0);
      assertThat(requests(gateway).path("answered").path("5xx").asInt()).isZero();
      assertThat(get(gateway, "/metrics"))
          .contains("http_server_request_duration_seconds_count{")
          .doesNotContain("http_response_status_code=\"503\"");
    }
  }

  private static HttpRequest chat(Gateway gateway, boolean streamed) {
    String body =
        "{\"model\":\"x\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
            .formatted(streamed);
    return HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/chat/completions"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private JsonNode requests(Gateway gateway) throws IOException, InterruptedException {
    return new JsonMapper().readTree(get(gateway, "/status.json")).path("requests");
  }

  private String get(Gateway gateway, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.address() + path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }
}
