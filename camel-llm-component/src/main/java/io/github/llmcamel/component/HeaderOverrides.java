/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ToolChoice;
import io.github.llmcamel.model.ToolUse;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;
import org.jspecify.annotations.Nullable;

/** Reads the headers that override options for one call, and removes what one call leaves. */
final class HeaderOverrides {

  private static final List<String> OVERRIDES =
      List.of(
          LlmConstants.MODEL,
          LlmConstants.SYSTEM_MESSAGE,
          LlmConstants.USER_MESSAGE,
          LlmConstants.TEMPERATURE,
          LlmConstants.TOP_P,
          LlmConstants.TOP_K,
          LlmConstants.MAX_TOKENS,
          LlmConstants.STOP,
          LlmConstants.SEED,
          LlmConstants.FREQUENCY_PENALTY,
          LlmConstants.PRESENCE_PENALTY,
          LlmConstants.CHOICE_COUNT,
          LlmConstants.REASONING_EFFORT,
          LlmConstants.TOOLS,
          LlmConstants.TOOL_CHOICE,
          LlmConstants.DIMENSIONS);

  private static final List<String> RESULTS =
      List.of(
          LlmConstants.PROVIDER,
          LlmConstants.REQUEST_MODEL,
          LlmConstants.PROMPT_VERSION,
          LlmConstants.RESPONSE_MODEL,
          LlmConstants.RESPONSE_ID,
          LlmConstants.FINISH_REASON,
          LlmConstants.INPUT_TOKENS,
          LlmConstants.OUTPUT_TOKENS,
          LlmConstants.CACHED_INPUT_TOKENS,
          LlmConstants.REASONING_TOKENS,
          LlmConstants.COST,
          LlmConstants.COST_CURRENCY,
          LlmConstants.TIME_TO_FIRST_TOKEN,
          LlmConstants.DURATION,
          LlmConstants.RAW_RESPONSE);

  private final Message message;

  HeaderOverrides(Message message) {
    this.message = message;
  }

  static void consume(Message message) {
    OVERRIDES.forEach(message::removeHeader);
  }

  static void clearResults(Message message) {
    RESULTS.forEach(message::removeHeader);
  }

  /** The text of a header; null if it is absent or empty. */
  @Nullable String text(String header) {
    String text = value(header, String.class);
    return text == null || text.isEmpty() ? null : text;
  }

  /** Whether a header takes the place of a template. */
  boolean havePrompt() {
    return text(LlmConstants.SYSTEM_MESSAGE) != null || text(LlmConstants.USER_MESSAGE) != null;
  }

  /**
   * The sampling that headers ask for.
   *
   * @throws IllegalArgumentException if a value cannot be read or is out of range
   */
  Sampling sampling() {
    return SamplingOptions.checked(
        new Sampling(
            value(LlmConstants.TEMPERATURE, Double.class),
            value(LlmConstants.TOP_P, Double.class),
            value(LlmConstants.TOP_K, Integer.class),
            value(LlmConstants.MAX_TOKENS, Integer.class),
            stop(),
            value(LlmConstants.SEED, Long.class),
            value(LlmConstants.FREQUENCY_PENALTY, Double.class),
            value(LlmConstants.PRESENCE_PENALTY, Double.class),
            value(LlmConstants.CHOICE_COUNT, Integer.class),
            text(LlmConstants.REASONING_EFFORT)));
  }

  /**
   * The tools that headers ask for; absent where they do not.
   *
   * @throws IllegalArgumentException if they are none
   */
  ToolUse tools() {
    ToolUse defined =
        ToolOptions.read("The header " + LlmConstants.TOOLS, message.getHeader(LlmConstants.TOOLS));
    ToolChoice choice = ToolOptions.choice(text(LlmConstants.TOOL_CHOICE));
    return new ToolUse(List.of(), choice, null).orElse(defined);
  }

  /**
   * The length of vectors that a header asks for; null if none does.
   *
   * @throws IllegalArgumentException if it cannot be read or is out of range
   */
  @Nullable Integer dimensions() {
    return SamplingOptions.checkedDimensions(value(LlmConstants.DIMENSIONS, Integer.class));
  }

  private List<String> stop() {
    Object value = message.getHeader(LlmConstants.STOP);
    return value instanceof Collection<?> texts
        ? texts.stream().map(String::valueOf).toList()
        : SamplingOptions.stop(text(LlmConstants.STOP));
  }

  private <T> @Nullable T value(String header, Class<T> type) {
    try {
      return message.getHeader(header, type);
    } catch (TypeConversionException e) {
      // Not as the cause: its message repeats the value.
      throw new IllegalArgumentException(
          "The header %s cannot be read as %s; remove it or correct its value."
              .formatted(header, type.getSimpleName()));
    }
  }
}
