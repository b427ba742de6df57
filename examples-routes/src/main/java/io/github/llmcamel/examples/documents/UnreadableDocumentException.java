/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;

/** A document that no model can be asked about; the message says why, in a sentence. */
public final class UnreadableDocumentException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableDocumentException(String message) {
    super(message);
  }

  UnreadableDocumentException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason that {@code failure} is, or hides. */
  static UnreadableDocumentException of(IOException failure) {
    return failure instanceof UnreadableDocumentException known
        ? known
        // Its message alone is often no more than the path.
        : new UnreadableDocumentException("The document cannot be read: " + failure, failure);
  }
}
