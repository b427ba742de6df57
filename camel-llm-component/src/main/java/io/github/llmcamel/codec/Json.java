/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON as the codecs read and write it: lenient in, strict out, bounded in depth. Thread-safe. */
public final class Json {

  /** The deepest nesting that is read. */
  public static final int MAX_DEPTH = 200;

  /** The longest number that is read. */
  public static final int MAX_DIGITS = 1_000;

  private static final JsonMapper MAPPER = builder().build();
  private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);
  private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
      new TypeReference<>() {};
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final int REPLACEMENT_CHARACTER = 0xFFFD;

  private Json() {}

  /**
   * Reads one JSON text and nothing after it.
   *
   * @throws JsonProcessingException if it is not JSON; its location helps, its message may quote
   *     the text
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /**
   * Reads one JSON object into types of the JDK, its members in their order.
   *
   * @throws IllegalArgumentException if it is anything else; its message is "no JSON object" and
   *     where, without the text
   */
  public static Map<String, Object> readObject(String text) {
    JsonNode json = read(text, "no JSON object");
    if (!json.isObject()) {
      throw new IllegalArgumentException("no JSON object");
    }
    return MAPPER.convertValue(json, MEMBERS);
  }

  /** Reads a text that may be a JSON object; an empty one if it is none. */
  public static JsonNode objectOrEmpty(@Nullable String text) {
    try {
      JsonNode json = read(text == null ? "" : text);
      return json.isObject() ? json : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException notJson) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  /**
   * Reads one JSON text into types of the JDK: map, list, string, number, boolean or null.
   *
   * @throws IllegalArgumentException if it is none; its message is "no JSON" and where, without the
   *     text
   */
  public static @Nullable Object readValue(String text) {
    return toJdk(read(text, "no JSON"));
  }

  /** A JSON object in types of the JDK, its names as what they are. */
  public static Map<String, Object> members(Map<?, ?> json) {
    Map<String, Object> members = new LinkedHashMap<>();
    json.forEach((name, value) -> members.put(String.valueOf(name), value));
    return members;
  }

  /** Where a text is not JSON, as the end of a sentence; empty if that is unknown. */
  public static String place(JsonProcessingException notJson) {
    JsonLocation at = notJson.getLocation();
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** Reads the first {@code length} bytes; null if they are not one JSON text. */
  public static @Nullable JsonNode tryRead(byte[] bytes, int length) {
    try {
      return present(MAPPER.readTree(bytes, 0, length));
    } catch (IOException notJson) {
      return tryReadMalformed(bytes, length);
    }
  }

  /**
   * Reads the first {@code length} bytes token by token, where a tree is too dear.
   *
   * @throws IOException if the bytes do not even begin like JSON
   */
  public static JsonParser parser(byte[] bytes, int length) throws IOException {
    return MAPPER.createParser(bytes, 0, length);
  }

  /**
   * Reads one or more JSON texts, such as JSON lines, or the elements of one array; empty if the
   * bytes are anything else.
   */
  static List<JsonNode> tryReadAll(byte[] bytes, int length) {
    JsonNode only = tryRead(bytes, length);
    if (only != null && only.isObject()) {
      return List.of(only);
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    try (MappingIterator<JsonNode> values = TREES.readValues(text)) {
      return values.readAll();
    } catch (IOException notJson) {
      return List.of();
    }
  }

  /** The value in types of the JDK: map, list, string, number, boolean or null. */
  public static @Nullable Object toJdk(JsonNode node) {
    return MAPPER.convertValue(node, Object.class);
  }

  /**
   * The tree of a value in types of the JDK.
   *
   * @throws IllegalArgumentException if it holds something JSON cannot express; its message may
   *     quote the value
   */
  public static JsonNode toTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Writes a value as text.
   *
   * @throws JsonProcessingException if it holds something JSON cannot express
   */
  public static String text(@Nullable Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Writes a value as UTF-8; half a surrogate pair becomes U+FFFD.
   *
   * @throws JsonProcessingException if it holds something JSON cannot express
   */
  public static byte[] bytes(Object value) throws JsonProcessingException {
    // Not writeValueAsBytes: it escapes what is outside the first 65,536 characters.
    return wellFormed(text(value)).getBytes(StandardCharsets.UTF_8);
  }

  private static String wellFormed(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isHalfAPair(point) ? REPLACEMENT_CHARACTER : point)
        .forEach(repaired::appendCodePoint);
    return repaired.toString();
  }

  /** A loop: every prompt comes along, and a stream would take longer than writing the JSON. */
  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isHalfAPair(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isHalfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** A whole number, also written as {@code 12.0} or {@code "12"}; null for anything else. */
  public static @Nullable Long wholeNumber(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? node.longValue() : null;
    }
    if (node.isNumber()) {
      double value = node.doubleValue();
      return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (long) value : null;
    }
    return node.isTextual() && WHOLE_NUMBER.matcher(node.textValue()).matches()
        ? Long.valueOf(node.textValue())
        : null;
  }

  /** A whole number of 0 and above, as {@link #wholeNumber} reads it; null for anything else. */
  public static @Nullable Long count(JsonNode node) {
    Long number = wholeNumber(node);
    return number != null && number >= 0 ? number : null;
  }

  /** A place in a text or a list, as {@link #wholeNumber} reads it; null for anything else. */
  public static @Nullable Integer index(JsonNode node) {
    Long number = count(node);
    return number == null || number > Integer.MAX_VALUE ? null : number.intValue();
  }

  /** A string that holds something; null for anything else. */
  public static @Nullable String nonEmptyText(JsonNode node) {
    return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
  }

  /** The settings of all reading, for a mapper that has more of them. */
  public static JsonMapper.Builder builder() {
    JsonFactory factory =
        JsonFactory.builder()
            // Names come from the network: they must not fill the JVM's string table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        // Servers written in Python send NaN, others raw tabs.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  private static JsonNode read(String text, String otherwise) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(otherwise + place(e)); // the cause quotes the text
    }
  }

  private static @Nullable JsonNode tryReadMalformed(byte[] bytes, int length) {
    try {
      return present(MAPPER.readTree(new String(bytes, 0, length, StandardCharsets.UTF_8)));
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  private static @Nullable JsonNode present(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }
}
