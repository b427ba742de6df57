/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.launch.CannotStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The list of models, and the pages beside it. */
class ModelsTest {

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  @Test
  void theListIsTheUnionOfAliasesAndWhatTheProvidersHave() throws CannotStartException {
    UPSTREAM.answers(
        "a", 200, list("one", "vendor/model", "fast", "claude-of-both", "claude-of-a"));
    UPSTREAM.answers("b", 200, list("claude-1", "claude-2", "other", "claude-of-both"));
    UPSTREAM.refuses("down", 500);
    try (RunningGateway gateway =
        start(
            "gateway.models[fast]=llm:b?model=x",
            "gateway.models[vendor/alias]=llm:down",
            "gateway.models[claude-*]=llm:b,llm:a",
            "gateway.models[*]=llm:a",
            "gateway.models[none-*]=llm:down",
            "gateway.models[gone-*]=llm:closed",
            "gateway.models[vertex-*]=llm:vertex_gemini?baseUrl=http://127.0.0.1:1/v1/projects/p/locations/l/publishers/google&apiKey=k",
            "gateway.models[one-model-*]=llm:a?model=one")) {
      Reply reply = gateway.get("/v1/models");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("object").asText()).isEqualTo("list");
      List<String> ids = reply.json().path("data").findValuesAsText("id");
      assertThat(ids)
          .containsExactlyInAnyOrder(
              "fast",
              "vendor/alias",
              "claude-1",
              "claude-2",
              "claude-of-both",
              "one",
              "vendor/model");
      for (JsonNode model : reply.json().path("data")) {
        assertThat(model.fieldNames())
            .toIterable()
            .containsExactlyInAnyOrder("id", "object", "created", "owned_by");
        assertThat(model.path("object").asText()).isEqualTo("model");
        assertThat(model.path("created").isIntegralNumber()).isTrue();
      }
      assertThat(one(reply, "one").path("created").asLong()).isEqualTo(1_700_000_000);
      assertThat(one(reply, "one").path("owned_by").asText()).isEqualTo("owner");
      assertThat(one(reply, "fast").path("owned_by").asText()).isEqualTo("b");
    }
  }

  @Test
  void eachModelOfTheListIsFoundByItsId() throws CannotStartException {
    UPSTREAM.answers(
        "a", 200, list("one", "vendor/model", "with:colon", "with+plus", "with space"));
    try (RunningGateway gateway = start("gateway.models[*]=llm:a")) {
      JsonNode list = gateway.get("/v1/models").json().path("data");
      assertThat(list).hasSize(5);
      for (String path :
          List.of(
              "one",
              "vendor/model",
              "vendor%2Fmodel",
              "with:colon",
              "with%3Acolon",
              "with+plus",
              "with%2Bplus",
              "with%20space")) {
        Reply reply = gateway.get("/v1/models/" + path);
        assertThat(reply.status()).as(path).isEqualTo(200);
        assertThat(list).contains(reply.json());
      }
      for (String path : List.of("none", "vendor", "vendor/", "one/", "two/../one")) {
        Reply reply = gateway.get("/v1/models/" + path);
        assertThat(reply.status()).as(path).isEqualTo(404);
        assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
      }
      assertThat(UPSTREAM.requests("a")).as("asked once for all of it").hasSize(1);
    }
  }

  @Test
  void whereNobodyAnswersTheListIsEmpty() throws CannotStartException {
    try (RunningGateway gateway = start("gateway.models[*]=llm:closed")) {
      assertThat(gateway.get("/v1/models").json()).hasToString("{\"object\":\"list\",\"data\":[]}");
    }
  }

  @Test
  void thePagesAnswerToGetAndHead() throws CannotStartException {
    try (RunningGateway gateway = start("gateway.models[*]=llm:simulator")) {
      // Without one there would be nothing to measure.
      gateway.chat("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
      for (String page :
          List.of(
              "/", "/status.css", "/status.js", "/status.json", "/metrics", "/health", "/ready")) {
        Reply got = gateway.get(page);
        Reply head = gateway.send("HEAD", page);
        assertThat(got.status()).as(page).isEqualTo(200);
        assertThat(got.body()).as(page).isNotEmpty();
        assertThat(got.header("Content-Type")).as(page).isNotEmpty();
        assertThat(head.status()).as(page).isEqualTo(200);
        assertThat(head.body()).as(page).isEmpty();
        assertThat(head.header("Content-Type")).as(page).isEqualTo(got.header("Content-Type"));
        assertThat(gateway.send("DELETE", page).status()).as(page).isEqualTo(405);
      }
    }
  }

  private static RunningGateway start(String... models) throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(UPSTREAM.providers("a", "b", "down")));
    lines.add(Upstream.baseUrl("closed", "http://127.0.0.1:1/v1"));
    lines.addAll(List.of(models));
    return RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  private static JsonNode one(Reply list, String id) {
    for (JsonNode model : list.json().path("data")) {
      if (model.path("id").asText().equals(id)) {
        return model;
      }
    }
    throw new AssertionError(id);
  }

  private static String list(String... ids) {
    List<String> models = new ArrayList<>();
    for (String id : ids) {
      models.add(
          "{\"id\":\"%s\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"owner\"}"
              .formatted(id));
    }
    return "{\"object\":\"list\",\"data\":[%s]}".formatted(String.join(",", models));
  }
}
