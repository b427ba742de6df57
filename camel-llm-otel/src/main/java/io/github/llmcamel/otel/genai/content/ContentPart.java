/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.github.llmcamel.model.Part.Media;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One piece of a message, as telemetry has it. */
public sealed interface ContentPart {

  /** Plain text. */
  record Text(String text) implements ContentPart {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /** What the model thought. */
  record Reasoning(String text) implements ContentPart {
    public Reasoning {
      Objects.requireNonNull(text, "text");
    }
  }

  /** Why the model refused. */
  record Refusal(String text) implements ContentPart {
    public Refusal {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * A tool the model wants to be called.
   *
   * @param id names this call in the conversation
   * @param arguments JSON text, or what came of it
   */
  record ToolCall(String id, String name, @Nullable String arguments) implements ContentPart {
    public ToolCall {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * What a tool answered.
   *
   * @param id the id of the call it answers
   */
  record ToolResult(String id, String result) implements ContentPart {
    public ToolResult {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(result, "result");
    }
  }

  /**
   * An image, a document or a recording with its content in it.
   *
   * @param mediaType such as {@code image/png}
   * @param base64 the content; empty if it is left out
   * @param size how many bytes it has or had
   */
  record Blob(Media.Kind kind, String mediaType, String base64, long size) implements ContentPart {
    public Blob {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(mediaType, "mediaType");
      Objects.requireNonNull(base64, "base64");
    }
  }

  /** An image, a document or a recording that is elsewhere. */
  record Link(Media.Kind kind, String uri) implements ContentPart {
    public Link {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(uri, "uri");
    }
  }

  /**
   * A piece that only its provider understands, of which nothing but this is recorded.
   *
   * @param type the protocol's word for it
   * @param size how many characters it has
   */
  record Other(String type, long size) implements ContentPart {
    public Other {
      Objects.requireNonNull(type, "type");
    }
  }
}
