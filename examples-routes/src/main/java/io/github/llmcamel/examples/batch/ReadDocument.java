/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.OtherPipelineException;
import io.github.llmcamel.examples.distribute.SamePipeline;
import io.github.llmcamel.examples.documents.Document;
import io.github.llmcamel.examples.stages.DocumentStages;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/** The steps of the route around the reading of a document. */
public final class ReadDocument {

  private final SamePipeline pipeline = new SamePipeline();

  /**
   * From here on, the exchange is about this document.
   *
   * @throws OtherPipelineException if another process has sent it for another pipeline
   */
  public void begin(@Body Document document, Exchange exchange) throws OtherPipelineException {
    DocumentStages.begin(exchange, document.id());
    pipeline.check(exchange);
  }

  /** Its text is the body. */
  public void read(@Body String text, Exchange exchange) {
    Objects.requireNonNull(DocumentStages.of(exchange), "begin").hasText(text);
  }
}
