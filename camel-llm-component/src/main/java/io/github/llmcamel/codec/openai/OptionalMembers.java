/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import io.github.llmcamel.codec.Inexpressible;
import io.github.llmcamel.codec.RequestBody;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Quirk;
import org.jspecify.annotations.Nullable;

/** Members of the protocol that some providers do not have. */
record OptionalMembers(Provider provider, RequestBody body, Inexpressible inexpressible) {

  /**
   * Puts a member, unless the provider has the quirk.
   *
   * @param parameter as the user calls it
   * @param value null puts none
   * @throws LlmException if the provider does not have it and the destination is not lenient
   */
  void putUnless(Quirk quirk, String parameter, String member, @Nullable Object value)
      throws LlmException {
    if (value != null && provider.has(quirk)) {
      inexpressible.refuse(
          parameter,
          "has no counterpart at %s. Leave it out, or send it as extra.%s."
              .formatted(provider.name(), member));
    } else {
      body.put(member, value);
    }
  }
}
