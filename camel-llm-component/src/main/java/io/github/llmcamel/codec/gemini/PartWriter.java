/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.OpenAiParts;
import io.github.llmcamel.codec.ToolArguments;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pieces of one message, each signature on the piece it came with. Confined to one call.
 */
final class PartWriter {

  private static final String SIGNATURE = "thoughtSignature";
  private static final String CALL = "functionCall";

  private final String place;
  private final Destination destination;
  private final List<@Nullable Object> written = new ArrayList<>();
  private final Map<String, String> signaturesOfCalls = new HashMap<>();
  private @Nullable Map<String, Object> last;

  /**
   * @param place where the message stands in the request
   */
  PartWriter(String place, Destination destination) {
    this.place = place;
    this.destination = destination;
  }

  /**
   * The parts as values for JSON, then the calls.
   *
   * @throws LlmException if the protocol cannot express a piece
   * @throws JsonProcessingException if a piece holds text that should be JSON and is not
   */
  List<@Nullable Object> write(List<Part> parts, List<ToolCall> calls)
      throws LlmException, JsonProcessingException {
    for (Part part : parts) {
      write(part);
    }
    for (ToolCall call : calls) {
      written.add(functionCall(call));
    }
    return written;
  }

  private void write(Part part) throws LlmException, JsonProcessingException {
    if (part instanceof Part.Text text) {
      if (!text.text().isEmpty()) {
        add("text", text.text());
      }
    } else if (part instanceof Part.Media media) {
      media(media);
    } else if (part instanceof Part.Opaque kept) {
      if (kept.protocol().equals(GeminiCodec.NAME)) {
        putBack(Json.read(kept.json()));
      }
    } else {
      written.add(other((Part.Other) part));
    }
  }

  private void media(Part.Media media) throws LlmException {
    String base64 = media.base64();
    String mediaType = base64 == null ? MediaTypes.ofUrl(media.url()) : media.mediaType();
    if (mediaType == null) {
      throw UnwritableRequest.because(
          destination,
          place
              + " has an image, a document or a recording whose URL does not tell its type. Send the"
              + " content as data:image/png;base64,…, or a part of Gemini's form with fileData.");
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("mimeType", mediaType);
    content.put(base64 == null ? "fileUri" : "data", base64 == null ? media.url() : base64);
    add(base64 == null ? "fileData" : "inlineData", content);
  }

  private @Nullable Object other(Part.Other part) throws LlmException, JsonProcessingException {
    if (OpenAiParts.has(part.type())) {
      throw UnwritableRequest.because(
          destination,
          "%s has a part of the type %s, which is OpenAI's own. Send it in Gemini's form, or as text."
              .formatted(place, part.type()));
    }
    return part.json() instanceof String text ? Json.read(text) : part.json();
  }

  /** What {@link CandidateReader} kept. A signature alone belongs to the piece before it. */
  private void putBack(JsonNode kept) {
    String signature = Json.nonEmptyText(kept.path(SIGNATURE));
    String call = Json.nonEmptyText(kept.path(CALL).path("id"));
    if (signature != null && call != null) {
      signaturesOfCalls.put(call, signature);
    } else if (signature != null && kept.size() == 1 && last != null) {
      last.put(SIGNATURE, signature);
    } else {
      written.add(kept);
    }
  }

  private Map<String, Object> functionCall(ToolCall call) throws LlmException {
    Object arguments = ToolArguments.asObject(call);
    if (arguments == null) {
      throw UnwritableRequest.because(
          destination,
          ("%s.tool_calls holds arguments for the tool %s that are no JSON object, and Gemini takes"
                  + " nothing else. Complete them, or leave the call and its result out.")
              .formatted(place, call.name()));
    }
    Map<String, Object> function = new LinkedHashMap<>();
    if (!call.isIdGenerated()) {
      function.put("id", call.id());
    }
    function.put("name", call.name());
    function.put("args", arguments);
    Map<String, Object> part = new LinkedHashMap<>(Map.of(CALL, function));
    String signature = signaturesOfCalls.get(call.id());
    if (signature != null) {
      part.put(SIGNATURE, signature);
    }
    return part;
  }

  private void add(String name, Object value) {
    last = new LinkedHashMap<>(Map.of(name, value));
    written.add(last);
  }
}
