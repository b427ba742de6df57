/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation, as telemetry has it. Prints no content.
 *
 * @param name tells several users apart; null if there is one
 * @param finishReason why an answer ended, in the words of the conventions; null for what was sent
 */
public record ContentMessage(
    ContentRole role,
    List<ContentPart> parts,
    @Nullable String name,
    @Nullable String finishReason) {
  public ContentMessage {
    Objects.requireNonNull(role, "role");
    parts = List.copyOf(parts);
  }

  /** All text pieces joined, without a separator; empty if there are none. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (ContentPart part : parts) {
      if (part instanceof ContentPart.Text piece) {
        text.append(piece.text());
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "ContentMessage[role=%s, parts=%d]".formatted(role, parts.size());
  }
}
