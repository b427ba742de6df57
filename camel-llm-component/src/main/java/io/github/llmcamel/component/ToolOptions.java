/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.ToolDefinitions;
import io.github.llmcamel.model.Tool;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Reads tools and how the model may use them, from options and headers. */
final class ToolOptions {

  private static final String OPTION = "The option tools";
  private static final String CURE =
      "Give a Tool, a collection of them, a ToolUse, or OpenAI's form:"
          + " [{\"type\":\"function\",\"function\":{\"name\":…}}].";

  private ToolOptions() {}

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException if a bean or resource is missing or holds no tools; names it
   *     and the option, never quotes a definition
   */
  static ToolUse of(LlmConfiguration options, CamelContext context) {
    Object value = options.getTools();
    ToolUse defined = value instanceof String text ? named(text, context) : read(OPTION, value);
    return new ToolUse(List.of(), choice(options.getToolChoice()), null).orElse(defined);
  }

  /** What the option toolChoice or its header means; null for null. */
  static @Nullable ToolChoice choice(@Nullable String text) {
    return text == null
        ? null
        : switch (text) {
          case "auto" -> ToolChoice.AUTO;
          case "none" -> ToolChoice.NONE;
          case "required" -> ToolChoice.REQUIRED;
          default -> ToolChoice.named(text);
        };
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException if it demands a function that is not among those it defines
   */
  static ToolUse checked(ToolUse use) {
    String wanted = use.choice() == null ? null : use.choice().name();
    boolean known =
        wanted == null
            || use.tools().isEmpty()
            || use.tools().stream()
                .anyMatch(tool -> !(tool instanceof Tool.Function f) || f.name().equals(wanted));
    if (!known) {
      throw new IllegalArgumentException(
          "toolChoice is '%.100s', which none of the tools is called: say auto, none, required or the name of one."
              .formatted(wanted));
    }
    return use;
  }

  /**
   * The tools that an object is.
   *
   * @param owner begins the sentence that says what is wrong with it
   * @param value null is no tools
   * @throws IllegalArgumentException if it is none
   */
  static ToolUse read(String owner, @Nullable Object value) {
    if (value == null) {
      return ToolUse.NONE;
    } else if (value instanceof ToolUse use) {
      return use;
    } else if (value instanceof Tool tool) {
      return ToolUse.of(tool);
    } else if (value instanceof Map<?, ?> json) {
      return ToolUse.of(ToolDefinitions.read(owner, json));
    } else if (value instanceof Collection<?> several) {
      return all(several.stream().map(one -> read(owner, one)).toList());
    } else if (value instanceof String text) {
      return read(owner, json(owner, text));
    }
    throw new IllegalArgumentException(
        "%s is a %s, which is no tool. %s".formatted(owner, value.getClass().getName(), CURE));
  }

  private static @Nullable Object json(String owner, String text) {
    try {
      Object json = Json.readValue(text);
      if (json instanceof Map || json instanceof List) {
        return json;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s is %s. %s".formatted(owner, e.getMessage(), CURE));
    }
    throw new IllegalArgumentException("%s is no list of tools. %s".formatted(owner, CURE));
  }

  private static ToolUse named(String text, CamelContext context) {
    if (OptionText.isResource(text) || text.stripLeading().matches("(?s)[\\[{].*")) {
      return read(OPTION, OptionText.read("tools", text, context));
    }
    return all(
        Arrays.stream(text.split(",", -1)).map(name -> bean(name.strip(), context)).toList());
  }

  private static ToolUse bean(String name, CamelContext context) {
    Object bean = context.getRegistry().lookupByName(name);
    if (bean == null) {
      throw new IllegalArgumentException(
          "There is no bean '%s' for the option tools. Bind one, or correct the name."
              .formatted(name));
    }
    return read("The bean '%s' of the option tools".formatted(name), bean);
  }

  private static ToolUse all(List<ToolUse> several) {
    List<Tool> tools = new ArrayList<>();
    ToolUse how = ToolUse.NONE;
    for (ToolUse one : several) {
      tools.addAll(one.tools());
      how = how.orElse(one);
    }
    return new ToolUse(tools, how.choice(), how.parallel());
  }
}
