/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.MessageRole;
import io.github.llmcamel.codec.ToolArguments;
import io.github.llmcamel.codec.UnwritableRequest;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the messages of one request. */
final class MessageWriter {

  private final Destination destination;
  private final List<Message> messages;
  private final Map<String, String> toolNames = new HashMap<>();

  MessageWriter(Destination destination, List<Message> messages) {
    this.destination = destination;
    this.messages = messages;
  }

  /**
   * The messages as values of the JDK.
   *
   * @throws JsonProcessingException if a part holds text that should be JSON and is not
   * @throws LlmRequestException if Ollama cannot express a message
   */
  List<Object> write() throws JsonProcessingException, LlmRequestException {
    List<Object> written = new ArrayList<>(messages.size());
    for (Message message : messages) {
      written.add(write("messages[" + written.size() + "]", message));
    }
    return written;
  }

  private Map<String, Object> write(String place, Message message)
      throws JsonProcessingException, LlmRequestException {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("role", MessageRole.of(message));
    written.put("content", message.text());
    List<String> images = images(place, message);
    if (!images.isEmpty()) {
      written.put("images", images);
    }
    if (message instanceof Message.Assistant assistant && !assistant.toolCalls().isEmpty()) {
      written.put("tool_calls", toolCalls(place, assistant.toolCalls()));
    } else if (message instanceof Message.ToolResult result) {
      String name = result.name() != null ? result.name() : toolNames.get(result.toolCallId());
      if (name != null) {
        written.put("tool_name", name);
      }
      written.put("tool_call_id", result.toolCallId());
    }
    return written;
  }

  private List<Object> toolCalls(String place, List<ToolCall> calls) throws LlmRequestException {
    List<Object> written = new ArrayList<>(calls.size());
    for (ToolCall call : calls) {
      // Ollama knows a result by the tool's name, which OpenAI's clients leave out.
      toolNames.put(call.id(), call.name());
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("name", call.name());
      function.put("arguments", arguments(place, call));
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", call.id());
      entry.put("function", function);
      written.add(entry);
    }
    return written;
  }

  private Object arguments(String place, ToolCall call) throws LlmRequestException {
    Object arguments = ToolArguments.asObject(call);
    if (arguments == null) {
      throw UnwritableRequest.because(
          destination,
          place
              + ".tool_calls holds arguments that are no JSON object, perhaps cut off. Leave the"
              + " message out.");
    }
    return arguments;
  }

  private List<String> images(String place, Message message) throws LlmRequestException {
    List<String> images = new ArrayList<>();
    for (Part part : message.parts()) {
      if (!(part instanceof Part.Text || part instanceof Part.Opaque)) {
        images.add(image(place, part));
      }
    }
    return images;
  }

  private String image(String place, Part part) throws LlmRequestException {
    boolean isImage = part instanceof Part.Media media && media.kind() == Part.Media.Kind.IMAGE;
    String base64 = isImage ? ((Part.Media) part).base64() : null;
    if (base64 == null) {
      throw UnwritableRequest.because(destination, place + " " + problem(part));
    }
    return base64;
  }

  private static String problem(Part part) {
    if (!(part instanceof Part.Media media)) {
      return "has a part that Ollama cannot be sent. Send text, or an image as an image_url part"
          + " whose url is data:image/png;base64,….";
    }
    return switch (media.kind()) {
      case IMAGE ->
          "has an image by its URL, but Ollama takes its content only. Fetch it, or make it"
              + " data:image/png;base64,….";
      case DOCUMENT -> "has a document, but Ollama takes text and images. Send its text.";
      case AUDIO -> "has a recording, but Ollama takes text and images. Send its text.";
    };
  }
}
