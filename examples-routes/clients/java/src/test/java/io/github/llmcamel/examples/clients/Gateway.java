/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.clients;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the gateway is, and what it is asked. */
final class Gateway {

  static final String BASE_URL = required("GATEWAY_BASE_URL");
  static final String API_KEY = required("GATEWAY_API_KEY");
  static final String WRONG_KEY = "sk-nobody-" + "0".repeat(64);
  static final String MODEL = "demo";

  static final String STORY =
      "Ada Lovelace was born in London in 1815. She worked with Charles Babbage on the Analytical"
          + " Engine, and wrote the first program that was ever meant for a machine.";
  static final String ORDER =
      "Where is this order?\n\nCustomer: Ada Lovelace\nCity: London\nQuantity: 3";
  static final String WEATHER = "How is the weather here?\n\nCity: Paris";

  /** With what a tiny model's call of a tool is begun for it; null if it needs no help. */
  static final @Nullable String BEGUN_CALL = System.getenv("CLIENTS_TOOL_PREFILL");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Gateway() {}

  /** Within 5 s, long before an answer of the model slower would have ended by itself. */
  static void awaitNothingInFlight() {
    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(20))
        .until(Gateway::inFlight, count -> count == 0);
  }

  private static int inFlight() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(BASE_URL.replaceFirst("/v1$", "/status.json")))
            .header("Authorization", "Bearer " + API_KEY)
            .build();
    JsonNode status =
        JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    int count = status.required("requests").required("streams").asInt();
    for (JsonNode model : status.required("models")) {
      count += model.required("inFlight").asInt();
    }
    return count;
  }

  private static String required(String variable) {
    return requireNonNull(
        System.getenv(variable), variable + " is not set; start with examples-routes/clients/run.");
  }
}
