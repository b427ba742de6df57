/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmRequestException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members of OpenAI's requests that other protocols have no place for. */
public final class ForeignMembers {

  /** What OpenAI takes for its own books, or others do unasked: no answer depends on it. */
  private static final Set<String> DROPPED =
      Set.of(
          "metadata",
          "prediction",
          "prompt_cache_key",
          "safety_identifier",
          "service_tier",
          "store",
          "stream_options",
          "user");

  private static final Set<String> REFUSED =
      Set.of("audio", "functions", "function_call", "logit_bias", "modalities", "verbosity");

  private ForeignMembers() {}

  /**
   * Whether a member is one of them, and so is not to be sent.
   *
   * @param server its name, for the message
   * @throws LlmRequestException if the answer would depend on it
   */
  public static boolean has(
      String name, @Nullable Object value, String server, Inexpressible inexpressible)
      throws LlmRequestException {
    boolean refused = REFUSED.contains(name);
    if (refused && value != null) {
      inexpressible.refuse(name, "has no counterpart at %s. Leave it out.".formatted(server));
    }
    return refused || DROPPED.contains(name);
  }
}
