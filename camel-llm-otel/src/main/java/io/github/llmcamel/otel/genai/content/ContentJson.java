/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.model.Part.Media;
import io.opentelemetry.api.common.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of one content attribute in the form that the conventions give it, for spans and for
 * events. Prints no content.
 */
public final class ContentJson {

  private static final String CONTENT = "content";

  private final ArrayNode root;

  private ContentJson(ArrayNode root) {
    this.root = root;
  }

  /** As JSON text. */
  public String text() {
    return Json.write(root);
  }

  /** As a structured value. */
  public Value<?> value() {
    return value(root);
  }

  @Override
  public String toString() {
    return "ContentJson[%d]".formatted(root.size());
  }

  /** Null if there are none, or none fits. */
  static @Nullable ContentJson ofMessages(List<ContentMessage> messages, int budget) {
    ContentTree tree = new ContentTree(budget);
    for (ContentMessage message : messages) {
      ContentTree.Element element = tree.add();
      ObjectNode root = element.root();
      root.put("role", message.role().word());
      ArrayNode parts = root.putArray("parts");
      message.parts().forEach(part -> write(part, element, parts.addObject()));
      putIfPresent(root, "name", message.name());
      putIfPresent(root, "finish_reason", message.finishReason());
    }
    return of(tree);
  }

  /** Null if there are none, or none fits. */
  static @Nullable ContentJson ofParts(List<ContentPart> parts, int budget) {
    ContentTree tree = new ContentTree(budget);
    for (ContentPart part : parts) {
      ContentTree.Element element = tree.add();
      write(part, element, element.root());
    }
    return of(tree);
  }

  /** Null if there are none, or none fits. */
  static @Nullable ContentJson ofTools(List<ToolDefinition> tools, int budget) {
    ContentTree tree = new ContentTree(budget);
    for (ToolDefinition tool : tools) {
      ContentTree.Element element = tree.add();
      ObjectNode root = element.root().put("type", tool.type()).put("name", tool.name());
      if (tool.description() != null) {
        element.text(root, "description", tool.description());
      }
      if (tool.parameters() != null) {
        element.json(root, "parameters", tool.parameters());
      }
    }
    return of(tree);
  }

  private static @Nullable ContentJson of(ContentTree tree) {
    ArrayNode root = tree.build();
    return root == null ? null : new ContentJson(root);
  }

  private static void write(ContentPart part, ContentTree.Element element, ObjectNode node) {
    if (part instanceof ContentPart.Text text) {
      element.text(node.put("type", "text"), CONTENT, text.text());
    } else if (part instanceof ContentPart.Reasoning reasoning) {
      element.text(node.put("type", "reasoning"), CONTENT, reasoning.text());
    } else if (part instanceof ContentPart.Refusal refusal) {
      element.text(node.put("type", "refusal"), CONTENT, refusal.text());
    } else if (part instanceof ContentPart.ToolCall call) {
      node.put("type", "tool_call").put("id", call.id()).put("name", call.name());
      if (call.arguments() != null) {
        element.json(node, "arguments", call.arguments());
      }
    } else if (part instanceof ContentPart.ToolResult result) {
      node.put("type", "tool_call_response").put("id", result.id());
      element.text(node, "response", result.result());
    } else if (part instanceof ContentPart.Blob blob) {
      node.put("type", "blob").put("modality", modality(blob.kind()));
      node.put("mime_type", blob.mediaType()).put("size", blob.size());
      element.media(node, CONTENT, blob.base64());
    } else if (part instanceof ContentPart.Link link) {
      node.put("type", "uri").put("modality", modality(link.kind()));
      element.text(node, "uri", link.uri());
    } else if (part instanceof ContentPart.Other other) {
      node.put("type", other.type()).put("size", other.size());
    }
  }

  private static String modality(Media.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void putIfPresent(ObjectNode node, String member, @Nullable String value) {
    if (value != null) {
      node.put(member, value);
    }
  }

  private static Value<?> value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Value<?>> members = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        // A null is an absent member, since older APIs have no value for it.
        if (!member.getValue().isNull()) {
          members.put(member.getKey(), value(member.getValue()));
        }
      }
      return Value.of(members);
    }
    if (node.isArray()) {
      List<Value<?>> elements = new ArrayList<>();
      node.forEach(element -> elements.add(value(element)));
      return Value.of(elements);
    }
    if (node.isBoolean()) {
      return Value.of(node.booleanValue());
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Value.of(node.longValue());
    }
    return node.isNumber() ? Value.of(node.doubleValue()) : Value.of(node.asText());
  }
}
