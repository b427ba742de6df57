/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.documents.DocumentText;
import io.github.llmcamel.examples.documents.UnreadableDocumentException;
import io.github.llmcamel.examples.stages.DocumentStages;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/** The first step of the route: the text of a document becomes the body. */
public final class ReadDocument {

  private final DocumentText text = new DocumentText();

  /**
   * Reads the text of a document, which the exchange is about from now on.
   *
   * @throws UnreadableDocumentException as {@link DocumentText#read(Document)}
   */
  public String read(@Body Document document, Exchange exchange)
      throws UnreadableDocumentException {
    DocumentStages stages = DocumentStages.begin(exchange, document.id());
    String read = text.read(document);
    stages.hasText(read);
    return read;
  }
}
