/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the content attributes: ours, which are stricter than those of the conventions, and
 * the conventions' own where {@code -Dgenai.schemas} names a folder that has them.
 */
public final class ContentSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode OWN = read();
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final Map<String, String> FILES =
      Map.of(
          "gen_ai.input.messages", "gen-ai-input-messages.json",
          "gen_ai.output.messages", "gen-ai-output-messages.json",
          "gen_ai.system_instructions", "gen-ai-system-instructions.json",
          "gen_ai.tool.definitions", "gen-ai-tool-definitions.json");

  private ContentSchemas() {}

  /** Asserts that the value of an attribute is JSON of its form, and reads it. */
  public static JsonNode assertValid(String attribute, @Nullable String text) {
    try {
      JsonNode json = JSON.readTree(Objects.requireNonNull(text, attribute));
      assertThat(SCHEMAS.computeIfAbsent(attribute, ContentSchemas::own).validate(json))
          .as(text)
          .isEmpty();
      String folder = System.getProperty("genai.schemas");
      if (folder != null) {
        Path file = Path.of(folder, Objects.requireNonNull(FILES.get(attribute)));
        assertThat(schema(JSON.readTree(Files.readString(file))).validate(json)).as(text).isEmpty();
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new AssertionError(attribute + " is no JSON: " + text, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema own(String attribute) {
    ObjectNode own = OWN.required(attribute).deepCopy();
    own.set("$defs", OWN.required("$defs"));
    return schema(own);
  }

  private static JsonNode read() {
    try (InputStream in = ContentSchemas.class.getResourceAsStream("schemas.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema(JsonNode schema) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }
}
