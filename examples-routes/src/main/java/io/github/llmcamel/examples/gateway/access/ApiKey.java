/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that is configured: who has it, and what it is good for.
 *
 * @param id who has it: what logs may say
 * @param sha256 of the key's whole text, as 64 hexadecimal digits in lower case
 * @param models what may be asked for; empty is every model
 * @param requestsPerMinute 1 and above; null is no limit
 */
public record ApiKey(
    String id, String sha256, List<ModelPattern> models, @Nullable Integer requestsPerMinute) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if a value is out of range; says the problem and the cure, and
   *     not the hash
   */
  public ApiKey {
    KeyText.checkedId(id);
    if (!SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "The hash of a key has 64 hexadecimal digits in lower case. Take the line that"
              + " create-key prints.");
    }
    if (requestsPerMinute != null && requestsPerMinute < 1) {
      throw new IllegalArgumentException(
          "The requests per minute are %d; they must be 1 or more. Without a value there is no limit."
              .formatted(requestsPerMinute));
    }
    models = List.copyOf(models);
  }

  /** Whether it is good for the model, by the name that the client asks for. */
  public boolean allows(String model) {
    return models.isEmpty() || models.stream().anyMatch(pattern -> pattern.matches(model));
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "ApiKey[id=%s, models=%s, requestsPerMinute=%s]"
        .formatted(id, models, requestsPerMinute);
  }
}
