/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.error.LlmAnswerException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.provider.Destination;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A class whose objects a model is to answer with. Thread-safe. */
public final class AnswerType {

  // Some models wrap JSON up, whatever they are asked for.
  private static final Pattern FENCE =
      Pattern.compile("\\s*```(?:json)?\\h*\\R(.*)\\R\\h*```\\s*", Pattern.DOTALL);

  private static final JsonMapper MAPPER =
      Json.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // Amounts stay as they were written, to the last zero.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          // Otherwise it would be null, where the class may forbid that.
          .withCoercionConfigDefaults(
              coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .build();

  private final Class<?> type;
  private final AnswerShape shape;

  private AnswerType(Class<?> type, JsonNode schema) {
    this.type = type;
    this.shape = new AnswerShape(schema);
  }

  /**
   * Prepares a class.
   *
   * @throws IllegalArgumentException if an answer cannot be one of its objects; names the class
   */
  public static AnswerType of(Class<?> type) {
    JsonNode schema;
    try {
      schema = ClassSchema.of(type, MAPPER);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s has no JSON schema without references, perhaps because it contains itself. Write a"
                  .formatted(type.getName())
              + " schema for the option jsonSchema, and unmarshal the answer.",
          e);
    }
    if (!schema.has("properties")) {
      throw new IllegalArgumentException(
          "%s has no fields for JSON to fill. Use a class or record that has some; put a list into"
                  .formatted(type.getName())
              + " one.");
    }
    checkConstructible(type);
    return new AnswerType(type, schema);
  }

  private static void checkConstructible(Class<?> type) {
    try {
      MAPPER.treeToValue(MAPPER.createObjectNode(), type);
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(
          "%s has no constructor that Jackson can use. Make it a record, or give it a constructor"
                  .formatted(type.getName())
              + " without parameters or with @JsonCreator.",
          e);
    } catch (JsonProcessingException missing) {
      // There is nothing in the object, and the class wants something.
    }
  }

  /** The class, as providers and people call it. */
  public String name() {
    return type.getSimpleName();
  }

  /** The JSON schema of the class, as values of the JDK. */
  public Map<String, Object> schema() {
    return Json.readObject(shape.schema().toString());
  }

  /**
   * The first choice as an object of the class. Members that the class does not have are ignored,
   * and so is a Markdown fence around the whole.
   *
   * @throws LlmAnswerException if the answer is anything else; it keeps the answer
   */
  public Object read(ChatResponse response, Destination destination) throws LlmAnswerException {
    Mismatch mismatch = new Mismatch(name(), response, destination);
    if (response.choices().stream().limit(1).anyMatch(choice -> !choice.toolCalls().isEmpty())) {
      throw mismatch.asksForTools();
    }
    if (response.choices().stream().limit(1).anyMatch(choice -> choice.refusal() != null)) {
      throw mismatch.refused();
    }
    JsonNode answer = json(withoutFence(response.text()), mismatch);
    String missing = shape.missing(answer);
    if (missing != null) {
      throw mismatch.text(missing + " is missing");
    }
    try {
      return MAPPER.treeToValue(answer, type);
    } catch (JsonMappingException e) {
      // Not as the cause: its message quotes the answer.
      String path = shape.path(e.getPath());
      throw mismatch.text((path.isEmpty() ? "it" : path) + " does not fit");
    } catch (JsonProcessingException e) {
      throw mismatch.text("it does not fit");
    }
  }

  private static JsonNode json(String text, Mismatch mismatch) throws LlmAnswerException {
    try {
      JsonNode answer = MAPPER.readTree(text);
      if (answer.isObject()) {
        return answer;
      }
    } catch (JsonProcessingException e) {
      throw mismatch.text("it is no JSON object" + Json.place(e));
    }
    throw mismatch.text("it is no JSON object");
  }

  private static String withoutFence(String text) {
    Matcher fence = FENCE.matcher(text);
    return fence.matches() ? fence.group(1) : text;
  }
}
