/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model was asked about a document. What is unknown is null.
 *
 * @param contentHash SHA-256 of the document, in hex
 * @param requestHash SHA-256 of all that was sent, in hex: an answer serves again only if nothing
 *     about its question has changed
 * @param promptVersion of the stage; null if it has none
 * @param model that answered, else that was asked
 */
public record Question(
    @Nullable String contentHash,
    @Nullable String requestHash,
    @Nullable String promptVersion,
    @Nullable String model) {

  /** Whether the answer to this serves where {@code hash} stands for what is to be sent. */
  public boolean isSame(String hash) {
    return Objects.equals(requestHash, hash);
  }
}
