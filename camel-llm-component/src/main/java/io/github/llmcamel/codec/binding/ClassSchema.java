/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Derives the JSON schema of a class, in the part of JSON Schema that all providers understand: no
 * references, closed objects, members in the order of their declaration.
 */
final class ClassSchema {

  private ClassSchema() {}

  /**
   * The schema.
   *
   * @param mapper knows how the class is read
   * @throws IllegalArgumentException if the class contains itself
   */
  static JsonNode of(Class<?> type, ObjectMapper mapper) {
    SchemaGeneratorConfigBuilder options =
        new SchemaGeneratorConfigBuilder(
                mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule())
            .with(
                Option.INLINE_ALL_SCHEMAS,
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    options
        .forTypesInGeneral()
        .withPropertySorter((unused, unusedToo) -> 0)
        .withCustomDefinitionProvider(
            (found, context) ->
                found.getErasedType().isEnum()
                    ? new CustomDefinition(constants(found.getErasedType(), mapper))
                    : null);
    options
        .forFields()
        .withNullableCheck(ClassSchema::mayBeNull)
        .withRequiredCheck(field -> !mayBeNull(field) && !isOptional(field));
    return new SchemaGenerator(options.build()).generateSchema(type);
  }

  /** Asks Jackson, which knows the annotations that rename constants, one by one or all. */
  private static ObjectNode constants(Class<?> type, ObjectMapper mapper) {
    ObjectNode schema = mapper.createObjectNode().put("type", "string");
    schema
        .putArray("enum")
        .addAll(Stream.of(type.getEnumConstants()).<JsonNode>map(mapper::valueToTree).toList());
    return schema;
  }

  /** Whether a field has an annotation {@code Nullable}, whosever it is. */
  private static boolean mayBeNull(FieldScope field) {
    return Stream.of(
            field.getRawMember().getAnnotations(),
            field.getRawMember().getAnnotatedType().getAnnotations())
        .flatMap(Stream::of)
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }

  private static boolean isOptional(FieldScope field) {
    return field.getRawMember().getType() == Optional.class;
  }
}
