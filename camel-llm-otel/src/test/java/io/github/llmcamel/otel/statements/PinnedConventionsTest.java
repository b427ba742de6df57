/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Our table of the conventions says what they say, as resolved by their own tools: the variable
 * names a file with {@code spans}, {@code metrics} and {@code events}, each name to its {@code
 * attributes}.
 */
@EnabledIfEnvironmentVariable(named = PinnedConventionsTest.MODEL, matches = ".+")
class PinnedConventionsTest {

  static final String MODEL = "GENAI_CONVENTIONS_MODEL";

  @Test
  void ourTableIsThatOfTheConventions() throws IOException {
    JsonNode model =
        new ObjectMapper().readTree(Path.of(requireNonNull(System.getenv(MODEL))).toFile());
    Properties ours = new Properties();
    try (InputStream file =
        requireNonNull(getClass().getResourceAsStream("/pinned-conventions.properties"))) {
      ours.load(file);
    }

    assertThat(ours.stringPropertyNames())
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(ours.getProperty(name).split(" +"))
                    .containsExactlyInAnyOrderElementsOf(in(model, name)));
  }

  private static Set<String> in(JsonNode model, String name) {
    Set<String> keys = new TreeSet<>();
    for (String kind : Set.of("spans", "metrics", "events")) {
      model.path(kind).path(name).path("attributes").fieldNames().forEachRemaining(keys::add);
    }
    return keys;
  }
}
