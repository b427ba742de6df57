/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.Set;

/** OpenAI's kinds of message parts, which other protocols with parts do not take. */
public final class OpenAiParts {

  private static final Set<String> TYPES = Set.of("image_url", "input_audio", "file", "refusal");

  private OpenAiParts() {}

  /** Whether a type of part is OpenAI's own. */
  public static boolean has(String type) {
    return TYPES.contains(type);
  }
}
