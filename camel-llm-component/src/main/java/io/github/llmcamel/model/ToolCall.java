/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Objects;

/**
 * A tool the model wants to be called.
 *
 * @param id names this call in the conversation; made up by us where the provider sends none
 * @param name the tool's name; empty if the answer was cut before it came
 * @param arguments JSON text as received, also if it was cut off; {@code {}} where the model sent
 *     none
 */
public record ToolCall(String id, String name, String arguments) {
  public ToolCall {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(arguments, "arguments");
  }
}
