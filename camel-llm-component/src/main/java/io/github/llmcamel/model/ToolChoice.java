/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the model has to call a tool.
 *
 * @param mode how free it is
 * @param name the one tool it has to call; null unless the mode is {@link Mode#NAMED}
 */
public record ToolChoice(Mode mode, @Nullable String name) {

  /** The model decides. */
  public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, null);

  /** No call, although tools are defined. */
  public static final ToolChoice NONE = new ToolChoice(Mode.NONE, null);

  /** At least one call. */
  public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, null);

  /** How free the model is. */
  public enum Mode {
    AUTO,
    NONE,
    REQUIRED,
    NAMED
  }

  public ToolChoice {
    Objects.requireNonNull(mode, "mode");
    if ((mode == Mode.NAMED) != (name != null)) {
      throw new IllegalArgumentException("A tool is named with the mode NAMED, and only with it.");
    }
  }

  /** A call of this tool. */
  public static ToolChoice named(String name) {
    return new ToolChoice(Mode.NAMED, name);
  }
}
