/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.provider.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is said out of a request and its answer, in the words of the conventions. */
final class ContentReader {

  private ContentReader() {}

  /**
   * Reads the contents of one call.
   *
   * @param response null if there is none
   */
  static CallContent read(
      Protocol protocol,
      ChatRequest request,
      @Nullable ChatResponse response,
      ContentSettings.Tools tools) {
    List<ContentPart> instructions = new ArrayList<>();
    List<ContentMessage> input = new ArrayList<>();
    for (Message message : request.messages()) {
      if (message instanceof Message.System && takesInstructionsApart(protocol)) {
        message.parts().stream()
            .filter(Part.Text.class::isInstance)
            .forEach(part -> instructions.add(part(part)));
      } else {
        input.add(message(message));
      }
    }
    return new CallContent(
        instructions,
        input,
        response == null
            ? List.of()
            : response.choices().stream().map(ContentReader::message).toList(),
        request.tools().tools().stream().map(tool -> tool(tool, tools)).toList());
  }

  private static boolean takesInstructionsApart(Protocol protocol) {
    return protocol == Protocol.ANTHROPIC || protocol == Protocol.GEMINI;
  }

  private static ContentMessage message(Message message) {
    List<ContentPart> parts = new ArrayList<>();
    if (message instanceof Message.ToolResult result) {
      parts.add(new ContentPart.ToolResult(result.toolCallId(), result.text()));
      result.parts().stream()
          .filter(part -> !(part instanceof Part.Text))
          .forEach(part -> parts.add(part(part)));
      return new ContentMessage(ContentRole.TOOL, parts, null, null);
    }
    message.parts().forEach(part -> parts.add(part(part)));
    if (message instanceof Message.Assistant assistant) {
      assistant.toolCalls().forEach(call -> parts.add(part(call)));
      return new ContentMessage(ContentRole.ASSISTANT, parts, null, null);
    }
    return message instanceof Message.User user
        ? new ContentMessage(ContentRole.USER, parts, user.name(), null)
        : new ContentMessage(ContentRole.SYSTEM, parts, null, null);
  }

  private static ContentMessage message(ChatResponse.Choice choice) {
    List<ContentPart> parts = new ArrayList<>();
    if (choice.reasoning() != null) {
      parts.add(new ContentPart.Reasoning(choice.reasoning()));
    }
    choice.parts().forEach(part -> parts.add(part(part)));
    if (choice.refusal() != null) {
      parts.add(new ContentPart.Refusal(choice.refusal()));
    }
    choice.toolCalls().forEach(call -> parts.add(part(call)));
    return new ContentMessage(
        ContentRole.ASSISTANT, parts, null, finishReason(choice.finishReason()));
  }

  /** An answer that began and did not end is one that failed, to the conventions. */
  private static String finishReason(@Nullable FinishReason reason) {
    if (reason == null) {
      return FinishReason.ERROR.word();
    }
    if (reason.means(FinishReason.TOOL_CALLS)) {
      return "tool_call";
    }
    return reason.means(FinishReason.OTHER) ? reason.raw() : reason.word();
  }

  private static ContentPart part(ToolCall call) {
    return new ContentPart.ToolCall(call.id(), call.name(), call.arguments());
  }

  private static ContentPart part(Part part) {
    if (part instanceof Part.Text text) {
      return new ContentPart.Text(text.text());
    }
    if (part instanceof Part.Media media) {
      return media(media);
    }
    if (part instanceof Part.Opaque opaque) {
      return new ContentPart.Other(opaque.protocol(), opaque.json().length());
    }
    Part.Other other = (Part.Other) part;
    return new ContentPart.Other(other.type(), String.valueOf(other.json()).length());
  }

  private static ContentPart media(Part.Media media) {
    String base64 = media.base64();
    String mediaType = media.mediaType();
    if (base64 != null && mediaType != null) {
      return new ContentPart.Blob(media.kind(), mediaType, base64, media.size());
    }
    // A data URL in another encoding is neither base64 nor elsewhere.
    return media.url().regionMatches(true, 0, "data:", 0, 5)
        ? new ContentPart.Other("data", media.url().length())
        : new ContentPart.Link(media.kind(), media.url());
  }

  private static ToolDefinition tool(Tool tool, ContentSettings.Tools tools) {
    if (tool instanceof Tool.Other other) {
      String type = member(other.json(), "type", "other");
      return new ToolDefinition(type, member(other.json(), "name", type), null, null);
    }
    Tool.Function function = (Tool.Function) tool;
    if (tools == ContentSettings.Tools.NAMES) {
      return new ToolDefinition("function", function.name(), null, null);
    }
    Map<String, Object> parameters = function.parameters();
    return new ToolDefinition(
        "function",
        function.name(),
        function.description(),
        parameters == null ? null : Json.tryWrite(parameters));
  }

  private static String member(Map<String, Object> json, String name, String fallback) {
    return json.get(name) instanceof String text ? text : fallback;
  }
}
