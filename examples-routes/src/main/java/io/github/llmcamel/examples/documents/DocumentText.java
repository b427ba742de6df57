/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import org.apache.camel.Body;

/** A step of a route: the text of a document takes the place of the document. Thread-safe. */
public final class DocumentText {

  private final Texts texts;

  /** Reads within {@link DocumentLimits#DEFAULT}. */
  public DocumentText() {
    this(DocumentLimits.DEFAULT);
  }

  public DocumentText(DocumentLimits limits) {
    this.texts = new Texts(limits);
  }

  /**
   * Reads a document whole, on the calling thread.
   *
   * @throws UnreadableDocumentException if it has no text or too much of it, or cannot be read: it
   *     is broken, encrypted, no text, or gone. A model would make something up for it.
   */
  public String read(@Body Document document) throws UnreadableDocumentException {
    try {
      return texts.read(document);
    } catch (IOException e) {
      throw UnreadableDocumentException.of(e);
    }
  }
}
