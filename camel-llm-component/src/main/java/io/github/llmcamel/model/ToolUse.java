/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a request and how the model may use them.
 *
 * @param tools empty if there are none
 * @param choice null leaves it to the provider, which means {@link ToolChoice#AUTO}
 * @param parallel whether one answer may call several; null leaves it to the provider
 */
public record ToolUse(List<Tool> tools, @Nullable ToolChoice choice, @Nullable Boolean parallel) {

  /** No tools. */
  public static final ToolUse NONE = new ToolUse(List.of(), null, null);

  public ToolUse {
    tools = List.copyOf(tools);
  }

  /** These tools, used as the model likes. */
  public static ToolUse of(Tool... tools) {
    return new ToolUse(List.of(tools), null, null);
  }

  /** This one, with what it leaves absent taken from {@code fallback}. */
  public ToolUse orElse(ToolUse fallback) {
    return new ToolUse(
        tools.isEmpty() ? fallback.tools : tools,
        choice != null ? choice : fallback.choice,
        parallel != null ? parallel : fallback.parallel);
  }
}
