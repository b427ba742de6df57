/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.examples.launch.CannotStartException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of texts, in the shapes that OpenAI's clients ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingsTest {

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();

  private RunningGateway gateway;

  @BeforeAll
  void start() throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(UPSTREAM.providers("a")));
    lines.add("gateway.models[a]=llm:a?temperature=0");
    lines.add("gateway.models[renamed]=llm:a?model=real");
    lines.add("gateway.models[sim]=llm:simulator");
    lines.add("gateway.models[claude]=llm:anthropic?apiKey=secret-of-anthropic");
    lines.add("gateway.models[both]=llm:anthropic?apiKey=secret-of-anthropic,llm:a");
    gateway = RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private static void answerTwo() {
    UPSTREAM.answers(
        "a",
        200,
        """
        {"object": "list", "model": "real-a", "data": [
           {"object": "embedding", "index": 0, "embedding": [0.1, -2.5, 3e-8]},
           {"object": "embedding", "index": 1, "embedding": [1, 0, 0.333333343]}],
         "usage": {"prompt_tokens": 7, "total_tokens": 7}}
        """);
  }

  @Test
  void severalTextsHaveTheirVectorsInTheirOrder() {
    answerTwo();

    Reply reply = ask("\"input\": [\"One\", \"Two\"], \"user\": \"u\", \"dimensions\": 3");

    assertThat(reply.json())
        .isEqualTo(
            JsonText.read(
                """
                {"object": "list", "model": "real-a", "data": [
                   {"object": "embedding", "index": 0, "embedding": [0.1, -2.5, 3e-8]},
                   {"object": "embedding", "index": 1, "embedding": [1.0, 0.0, 0.33333334]}],
                 "usage": {"prompt_tokens": 7, "total_tokens": 7}}
                """));
    JsonNode sent = UPSTREAM.received("a");
    assertThat(sent.path("input")).hasToString("[\"One\",\"Two\"]");
    assertThat(sent.path("dimensions").asInt()).isEqualTo(3);
    assertThat(sent.path("user").asText()).isEqualTo("u");
    assertThat(sent.has("temperature")).isFalse();
    assertThat(reply.header("x-llm-provider")).isEqualTo("a");
    assertThat(reply.header("x-llm-model")).isEqualTo("real-a");
    assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
  }

  @Test
  void inBase64TheyAreTheSame() {
    answerTwo();

    JsonNode data =
        ask("\"input\": [\"One\", \"Two\"], \"encoding_format\": \"base64\"").json().path("data");

    assertThat(floats(data.path(0).path("embedding").asText())).containsExactly(0.1f, -2.5f, 3e-8f);
    assertThat(floats(data.path(1).path("embedding").asText()))
        .containsExactly(1f, 0f, 0.33333334f);
  }

  private static float[] floats(String base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    return numbers;
  }

  @Test
  void oneTextHasOneVector() {
    JsonNode answer =
        gateway
            .post(
                "/v1/embeddings", "{\"model\":\"sim\",\"input\":\"Hello there\",\"dimensions\":8}")
            .json();

    assertThat(answer.path("object").asText()).isEqualTo("list");
    assertThat(answer.path("data")).hasSize(1);
    assertThat(answer.path("data").path(0).path("embedding")).hasSize(8);
    assertThat(answer.path("usage").path("prompt_tokens").asInt()).isPositive();
  }

  @Test
  void unknownMembersAndTheModelOfTheTargetReachTheProvider() {
    answerTwo();

    gateway.post(
        "/v1/embeddings",
        "{\"model\":\"renamed\",\"input\":[\"a\",\"b\"],\"input_type\":\"query\",\"x\":{\"y\":[1]}}");

    JsonNode sent = UPSTREAM.received("a");
    assertThat(sent.path("model").asText()).isEqualTo("real");
    assertThat(sent.path("input_type").asText()).isEqualTo("query");
    assertThat(sent.path("x")).hasToString("{\"y\":[1]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"input\": [1, 2, 3]|input|tokens",
        "\"input\": [[1, 2], [3]]|input|tokens",
        "\"input\": []|input|list",
        "\"input\": \"\"|input|empty",
        "\"input\": [\"a\", null]|input|no text",
        "\"input\": {\"a\": 1}|input|list",
        "\"x\": 1|input|list",
        "\"input\": \"a\", \"dimensions\": 0|dimensions|above 0",
        "\"input\": \"a\", \"dimensions\": 1.5|dimensions|whole",
        "\"input\": \"a\", \"dimensions\": \"8\"|dimensions|whole",
        "\"input\": \"a\", \"encoding_format\": \"int8\"|encoding_format|base64",
        "\"input\": \"a\", \"user\": 7|user|string"
      })
  void whatIsWrongIsNamed(String members, String param, String message) {
    Reply reply = ask(members);

    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.error().path("param").asText()).isEqualTo(param);
    assertThat(reply.error().path("message").asText()).contains(param, message);
    assertThat(UPSTREAM.requests("a")).isEmpty();
  }

  @Test
  void moreTextsThanTheApiAllowsAreRefused() {
    String inputs = "\"a\",".repeat(2_048) + "\"a\"";

    assertThat(ask("\"input\": [%s]".formatted(inputs)).error().path("param").asText())
        .isEqualTo("input");
  }

  @Test
  void aProviderWithoutEmbeddingsIsTheClientsMistake() {
    Reply reply = gateway.post("/v1/embeddings", "{\"model\":\"claude\",\"input\":\"a\"}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.error().path("param").asText()).isEqualTo("model");
    assertThat(reply.error().path("message").asText()).contains("embeddings");
    assertThat(reply.all()).doesNotContain("secret-of-anthropic", "api.anthropic.com");
  }

  @Test
  void aProviderWithoutEmbeddingsIsPassedOver() {
    answerTwo();

    Reply reply = gateway.post("/v1/embeddings", "{\"model\":\"both\",\"input\":[\"a\",\"b\"]}");

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-llm-provider")).isEqualTo("a");
    assertThat(reply.header("x-llm-attempts")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 429, 503})
  void theProvidersErrorIsTold(int status) {
    UPSTREAM.refuses("a", status);

    Reply reply = ask("\"input\": \"a\"");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error().path("message").asText()).contains("The provider says");
  }

  private Reply ask(String members) {
    return gateway.post("/v1/embeddings", "{\"model\":\"a\"," + members + "}");
  }
}
