/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.ResponseFormat;
import org.jspecify.annotations.Nullable;

/**
 * The version of an endpoint's prompt.
 *
 * @param origin who says so
 */
record PromptVersion(String text, Origin origin) {

  private static final int DIGITS = 12;

  /** Who says what version a prompt has. */
  enum Origin {
    /** The option. */
    CONFIGURED,
    /** The prompt itself: another one has another version. */
    COMPUTED
  }

  /**
   * The version of a prompt; null if none is configured and there is no template and no schema.
   *
   * @param configured the option promptVersion; null leaves it to the prompt
   * @param systemMessage the template
   * @param userMessage the template
   * @param format the form of the answer; its schema is part of what is asked
   * @throws IllegalArgumentException if what is configured is no version; names the option
   */
  static @Nullable PromptVersion of(
      @Nullable String configured,
      @Nullable String systemMessage,
      @Nullable String userMessage,
      @Nullable ResponseFormat format) {
    if (configured != null) {
      OptionText.checkedName("promptVersion", configured);
      return new PromptVersion(configured, Origin.CONFIGURED);
    }
    Object schema = format instanceof ResponseFormat.JsonSchema it ? it.schema() : null;
    if (systemMessage == null && userMessage == null && schema == null) {
      return null;
    }
    String digest =
        new Fingerprint()
            .add("systemMessage", systemMessage)
            .add("userMessage", userMessage)
            .add("jsonSchema", schema)
            .hex();
    return new PromptVersion(digest.substring(0, DIGITS), Origin.COMPUTED);
  }
}
