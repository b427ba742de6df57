/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a chat request. */
final class ChatRequestReader {

  private static final String STREAM_OPTIONS = "stream_options";

  /** Whether to count tokens is the endpoint's to decide: it always does. */
  private static final Set<String> OUR_STREAM_OPTIONS = Set.of("include_usage");

  private static final Set<String> MODELLED =
      Set.of(
          "model",
          "messages",
          "temperature",
          "top_p",
          "top_k",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "n",
          "reasoning_effort",
          "user",
          "stream",
          STREAM_OPTIONS);

  private final JsonNode root;

  private ChatRequestReader(JsonNode root) {
    this.root = root;
  }

  static ChatRequest read(JsonNode root) {
    if (!root.isObject()) {
      throw new IllegalArgumentException(
          "The body is not a JSON object: send a chat request such as {\"messages\": […]}.");
    }
    return new ChatRequestReader(root).read();
  }

  private ChatRequest read() {
    ChatRequest request =
        ChatRequest.builder()
            .model(text("model"))
            .messages(MessageReader.read(root.path("messages")))
            .sampling(sampling())
            .user(text("user"))
            .extras(extras())
            .build();
    return TypedMembers.read(request);
  }

  private Sampling sampling() {
    Integer newerLimit = integer("max_completion_tokens");
    return new Sampling(
        decimal("temperature"),
        decimal("top_p"),
        integer("top_k"),
        newerLimit != null ? newerLimit : integer("max_tokens"),
        stop(),
        whole("seed"),
        decimal("frequency_penalty"),
        decimal("presence_penalty"),
        integer("n"),
        text("reasoning_effort"));
  }

  private Map<String, @Nullable Object> extras() {
    Map<String, @Nullable Object> extras = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (!MODELLED.contains(member.getKey())) {
        extras.put(member.getKey(), Json.toJdk(member.getValue()));
      }
    }
    Map<String, Object> streamOptions =
        UnknownMembers.of(root.path(STREAM_OPTIONS), OUR_STREAM_OPTIONS);
    if (!streamOptions.isEmpty()) {
      extras.put(STREAM_OPTIONS, streamOptions);
    }
    return extras;
  }

  private List<String> stop() {
    JsonNode stop = root.path("stop");
    if (stop.isTextual()) {
      return List.of(stop.textValue());
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : stop) {
      texts.add(text.isTextual() ? text.textValue() : "");
    }
    boolean allTexts = stop.isArray() && !texts.contains("");
    if (!isAbsent(stop) && !allTexts) {
      throw wrong("stop", "a string or a list of strings, such as [\"END\"]");
    }
    return texts;
  }

  private @Nullable String text(String name) {
    JsonNode node = root.path(name);
    if (!isAbsent(node) && !node.isTextual()) {
      throw wrong(name, "a string");
    }
    return node.textValue();
  }

  private @Nullable Double decimal(String name) {
    JsonNode node = root.path(name);
    boolean isFinite = node.isNumber() && Double.isFinite(node.doubleValue());
    if (!isAbsent(node) && !isFinite) {
      throw wrong(name, "a number, such as 0.7");
    }
    return isFinite ? Double.valueOf(node.doubleValue()) : null;
  }

  private @Nullable Integer integer(String name) {
    Long value = whole(name);
    if (value != null && value.intValue() != value) {
      throw wrong(name, "at most " + Integer.MAX_VALUE);
    }
    return value == null ? null : Integer.valueOf(value.intValue());
  }

  private @Nullable Long whole(String name) {
    JsonNode node = root.path(name);
    Long value = node.isNumber() ? Json.wholeNumber(node) : null;
    if (!isAbsent(node) && value == null) {
      throw wrong(name, "a whole number, such as 100");
    }
    return value;
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static IllegalArgumentException wrong(String name, String expected) {
    return new WrongMemberException(name, "has the wrong type: make it " + expected + ".");
  }
}
