/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The batch on every real server that the environment names, streamed and not. Nothing depends on
 * what a model says, only on its form.
 */
class RealModelsIT {

  @TempDir private Path folder;
  @TempDir private Path out;

  static Stream<Arguments> servers() {
    return RealServer.all().stream()
        .flatMap(
            server ->
                Stream.of("--stream", "--no-stream").map(stream -> Arguments.of(server, stream)));
  }

  @Test
  void thereIsAServerToAsk() {
    assertThat(RealServer.all()).as("set OLLAMA_BASE_URL or LLAMACPP_BASE_URL").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void eachDocumentGoesThroughThreeQuestions(RealServer server, String stream) throws IOException {
    ShortDocuments.write(folder, 2);
    Files.createFile(folder.resolve("empty.txt"));

    BatchOutcome run =
        BatchOutcome.of(folder, out, server.options(stream, "--concurrency", "2", "--dsl", "yaml"));

    assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
    ObjectNode results = run.results();
    assertThat(results.size()).isEqualTo(3);
    assertThat(results.path("empty.txt").path("error").asText())
        .isEqualTo("The document is empty.");
    for (String document : List.of("invoice-1.txt", "invoice-2.txt")) {
      JsonNode stages = results.path(document).path("stages");
      assertThat(stages.size()).as("%s", results.path(document)).isBetween(3, 4); // a repair
      stages.forEach(stage -> assertMeasured(stage, stream.equals("--stream")));
      assertAnswered(results.path(document), server);
    }
  }

  private static void assertMeasured(JsonNode stage, boolean streamed) {
    JsonNode spent = stage.path("spent");
    assertThat(spent.path("inputTokens").asLong()).isPositive();
    assertThat(spent.path("outputTokens").asLong()).isBetween(1L, 200L);
    assertThat(stage.path("finishReason").asText()).isIn("stop", "length");
    assertThat(spent.path("seconds").asDouble()).isPositive();
    assertThat(spent.has("firstTokenSeconds")).isEqualTo(streamed);
    assertThat(spent.path("firstTokenSeconds").asDouble())
        .isLessThanOrEqualTo(spent.path("seconds").asDouble());
  }

  private static void assertAnswered(JsonNode result, RealServer server) {
    assertThat(result.path("label").asText()).isNotBlank();
    assertThat(result.path("summary").asText()).isNotBlank();
    if (server.keepsToSchemas()) {
      assertThat(result.path("fields").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("title", "date", "sender", "amount", "language");
    } else {
      assertThat(result.path("error").asText()).contains("asked for JSON");
    }
  }
}
