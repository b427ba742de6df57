/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.github.llmcamel.component.LlmConstants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** A step of a route: a model's answer becomes the JSON object that it was asked for. */
public final class JsonAnswer {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final String place;

  private volatile @Nullable Schema schema;

  /**
   * @param place of the schema, such as {@code classpath:schemas/fields.json}
   */
  public JsonAnswer(String place) {
    this.place = place;
  }

  /**
   * Checks an answer against the schema that the model was given.
   *
   * @param finishReason why the answer ended; null if the provider did not say
   * @throws BadAnswerException if it is no JSON, or does not fit; says what is wrong
   */
  public Map<String, Object> read(
      CamelContext context,
      @Variable("answer") String answer,
      @Variable("header:answer." + LlmConstants.FINISH_REASON) @Nullable String finishReason)
      throws BadAnswerException {
    JsonNode fields = parse(answer, finishReason);
    String errors =
        schema(context).validate(fields).stream()
            .map(JsonAnswer::text)
            .collect(Collectors.joining("; "));
    if (!errors.isEmpty()) {
      throw new BadAnswerException("The model's JSON does not fit the schema: " + errors);
    }
    return JSON.convertValue(fields, OBJECT);
  }

  /** An error of the whole object has no place to name. */
  private static String text(Error error) {
    String place = error.getInstanceLocation().toString();
    return place.isEmpty() ? error.getMessage() : place + ": " + error.getMessage();
  }

  private static JsonNode parse(String answer, @Nullable String finishReason)
      throws BadAnswerException {
    JsonNode json;
    try {
      json = JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      json = MissingNode.getInstance();
    }
    if (json.isMissingNode()) { // what Jackson makes of white space, too
      throw new BadAnswerException(
          "The model was asked for JSON and sent something else"
              + (finishReason == null ? "." : "; it ended with %s.".formatted(finishReason)));
    }
    return json;
  }

  /** Read once the first answer is there: endpoints have seen it long before. */
  private Schema schema(CamelContext context) {
    Schema known = schema;
    if (known == null) {
      known = load(context);
      schema = known;
    }
    return known;
  }

  private Schema load(CamelContext context) {
    try (InputStream text = ResourceHelper.resolveMandatoryResourceAsInputStream(context, place)) {
      // Without a locale its errors are in the language of the machine, unlike the rest.
      SchemaRegistryConfig english = SchemaRegistryConfig.builder().locale(Locale.ROOT).build();
      return SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12,
              registry -> registry.schemaRegistryConfig(english))
          .getSchema(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
