/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a model may ask for, as telemetry has it.
 *
 * @param type {@code function}, or the provider's word for a tool of its own
 * @param description null if it has none, or it is left out
 * @param parameters the JSON schema of its arguments as JSON text; null if it takes none, or they
 *     are left out
 */
public record ToolDefinition(
    String type, String name, @Nullable String description, @Nullable String parameters) {
  public ToolDefinition {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(name, "name");
  }

  /** Without what may be long. */
  ToolDefinition bare() {
    return new ToolDefinition(type, name, null, null);
  }
}
