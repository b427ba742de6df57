/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.otel.genai.content.ContentPart.Blob;
import io.github.llmcamel.otel.genai.content.ContentPart.Link;
import io.github.llmcamel.otel.genai.content.ContentPart.Reasoning;
import io.github.llmcamel.otel.genai.content.ContentPart.Refusal;
import io.github.llmcamel.otel.genai.content.ContentPart.Text;
import io.github.llmcamel.otel.genai.content.ContentPart.ToolCall;
import io.github.llmcamel.otel.genai.content.ContentPart.ToolResult;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows every piece of content to every redactor. Thread-safe. */
final class Redaction {

  /** Stands where a redactor threw. */
  static final String FAILED = "[redaction failed]";

  private static final Logger LOG = LoggerFactory.getLogger(Redaction.class);

  private final List<ContentRedactor> redactors;
  private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

  Redaction(List<ContentRedactor> redactors) {
    this.redactors = redactors;
  }

  CallContent redact(CallContent content) {
    return new CallContent(
        parts(ContentKind.SYSTEM_TEXT, content.systemInstructions()),
        content.inputMessages().stream().map(this::redact).toList(),
        content.outputMessages().stream().map(this::redact).toList(),
        content.toolDefinitions().stream().map(this::redact).toList());
  }

  /** What may be recorded of a text; null if nothing may, or there is none. */
  @Nullable String redact(ContentKind kind, @Nullable String text) {
    String redacted = text;
    for (ContentRedactor redactor : redactors) {
      if (redacted == null || redacted.isEmpty()) {
        return redacted;
      }
      try {
        redacted = redactor.redact(kind, redacted);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        report(redactor, kind, e);
        boolean isMedia = kind == ContentKind.MEDIA || kind == ContentKind.MEDIA_URL;
        return isMedia ? null : FAILED;
      }
    }
    return redacted;
  }

  private ContentMessage redact(ContentMessage message) {
    return new ContentMessage(
        message.role(),
        parts(kindOf(message.role()), message.parts()),
        redact(ContentKind.USER_TEXT, message.name()),
        message.finishReason());
  }

  private static ContentKind kindOf(ContentRole role) {
    return switch (role) {
      case SYSTEM -> ContentKind.SYSTEM_TEXT;
      case USER -> ContentKind.USER_TEXT;
      case ASSISTANT -> ContentKind.ASSISTANT_TEXT;
      case TOOL -> ContentKind.TOOL_RESULT;
    };
  }

  private ToolDefinition redact(ToolDefinition tool) {
    return new ToolDefinition(
        tool.type(),
        tool.name(),
        redact(ContentKind.TOOL_DEFINITION, tool.description()),
        redact(ContentKind.TOOL_DEFINITION, tool.parameters()));
  }

  private List<ContentPart> parts(ContentKind ofText, List<ContentPart> parts) {
    return parts.stream().map(part -> part(ofText, part)).filter(Objects::nonNull).toList();
  }

  /** Null if nothing of the part may be recorded. */
  private @Nullable ContentPart part(ContentKind ofText, ContentPart part) {
    if (part instanceof Text text) {
      return part(ofText, text.text(), Text::new);
    }
    if (part instanceof Reasoning reasoning) {
      return part(ContentKind.REASONING, reasoning.text(), Reasoning::new);
    }
    if (part instanceof Refusal refusal) {
      return part(ContentKind.ASSISTANT_TEXT, refusal.text(), Refusal::new);
    }
    if (part instanceof ToolCall call) {
      String arguments = call.arguments();
      return new ToolCall(
          call.id(),
          call.name(),
          redact(ContentKind.TOOL_ARGUMENTS, arguments == null ? null : withoutEscapes(arguments)));
    }
    if (part instanceof ToolResult result) {
      return part(
          ContentKind.TOOL_RESULT, result.result(), text -> new ToolResult(result.id(), text));
    }
    if (part instanceof Blob blob) {
      return part(
          ContentKind.MEDIA,
          blob.base64(),
          base64 -> new Blob(blob.kind(), blob.mediaType(), base64, blob.size()));
    }
    if (part instanceof Link link) {
      return part(ContentKind.MEDIA_URL, link.uri(), uri -> new Link(link.kind(), uri));
    }
    return part;
  }

  private @Nullable ContentPart part(
      ContentKind kind, String text, Function<String, ContentPart> part) {
    String redacted = redact(kind, text);
    return redacted == null ? null : part.apply(redacted);
  }

  /** A model may write any character of JSON as an escape, which no redactor would know. */
  private static String withoutEscapes(String json) {
    JsonNode node = Json.tryRead(json);
    return node == null ? json : Json.write(node);
  }

  /** Without the exception's message, which may quote the text. */
  private void report(ContentRedactor redactor, ContentKind kind, Throwable thrown) {
    if (reported.add(redactor.getClass())) {
      LOG.warn(
          "Redactor {} threw {} for {}; what it does not manage is left out of telemetry. Correct"
              + " it; this is said once.",
          redactor.getClass().getName(),
          thrown.getClass().getName(),
          kind);
    }
  }
}
