/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.api.RequestRefusedException;
import java.io.IOException;

/** Reads the text of a body as JSON, whose tree may take many times the memory of the text. */
final class BodyJson {

  /** Names, values and brackets: 80,000 messages have as many. */
  static final int MOST_TOKENS = 500_000;

  /** What one takes at most, in the tree and where the tree is read. */
  static final int BYTES_PER_TOKEN = 100;

  private static final int DEPTH = 200;
  private static final int DIGITS = 1_000;
  private static final int NAME_LENGTH = 50_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Names come from the network: they must not fill the JVM's string table.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .maxNameLength(NAME_LENGTH)
                          .maxStringLength(Integer.MAX_VALUE) // The body has a limit.
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // Texts stay out of messages.
          .build();

  private BodyJson() {}

  /**
   * Reads an object.
   *
   * @param memory takes what the tree takes
   * @throws RequestRefusedException if the text is none, passes a limit, or finds no memory
   */
  static JsonNode read(String text, BodyMemory.Share memory) throws RequestRefusedException {
    try {
      if (!memory.take((long) BYTES_PER_TOKEN * tokens(text))) {
        throw new RequestRefusedException(RequestBody.noMemory());
      }
      JsonNode json = JSON.readTree(text);
      if (json.isObject()) {
        return json;
      }
    } catch (StreamConstraintsException e) {
      throw refused(
          "The body nests deeper than %d, or has a number of more than %d digits or a name of more"
                  .formatted(DEPTH, DIGITS)
              + " than %d characters. Send smaller ones.".formatted(NAME_LENGTH));
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw refused(
          "The body is not JSON that can be read (line %d, column %d)."
              .formatted(where.getLineNr(), where.getColumnNr()));
    } catch (IOException e) {
      throw new IllegalStateException("a text can be read", e);
    }
    throw refused(
        "The body is no JSON object. Send one, such as {\"model\": …, \"messages\": […]}.");
  }

  private static int tokens(String text) throws IOException, RequestRefusedException {
    try (JsonParser parser = JSON.createParser(text)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        if (++tokens > MOST_TOKENS) {
          throw refused(
              "The body has more than %d names, values and brackets. Send fewer."
                  .formatted(MOST_TOKENS));
        }
      }
      return tokens;
    }
  }

  private static RequestRefusedException refused(String message) {
    return new RequestRefusedException(OpenAiError.invalid(400, "invalid_json", message));
  }
}
