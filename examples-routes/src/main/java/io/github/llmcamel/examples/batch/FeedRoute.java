/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.distribute.Distribution;
import io.github.llmcamel.examples.distribute.OtherPipelineException;
import io.github.llmcamel.examples.distribute.Outstanding;
import io.github.llmcamel.examples.distribute.UnansweredException;
import io.github.llmcamel.examples.documents.UnreadableDocumentException;
import java.util.concurrent.CancellationException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Where the pipeline may run in other processes: documents go out as messages, and what became of
 * them comes back.
 *
 * <p>A document that is sent keeps its exchange until its result is here, and its exchange keeps a
 * place in the window: that many documents are in the broker and with workers at most.
 */
final class FeedRoute extends RouteBuilder {

  private final KnownResults known;
  private final Outstanding outstanding;
  private final ResultCollector collector;

  FeedRoute(KnownResults known, Outstanding outstanding, ResultCollector collector) {
    this.known = known;
    this.outstanding = outstanding;
    this.collector = collector;
  }

  @Override
  public void configure() {
    onException(CancellationException.class).handled(true).stop(); // Left for the next run.
    onException(OtherPipelineException.class).logExhausted(false); // The run ends, and says why.
    // Anything else, such as a broker that is gone, is no fault of the document and ends the run.
    onException(
            UnreadableDocumentException.class, Distribution.TOO_LARGE, UnansweredException.class)
        .handled(true)
        .bean(ResultOf.class, "failed")
        .to("direct:dead-letters");

    from("direct:document")
        .routeId("feed")
        .bean(ReadDocument.class, "begin")
        .to("direct:document-text")
        .bean(ReadDocument.class, "read")
        .process(known)
        .filter(body().isInstanceOf(String.class))
        .process(outstanding::announce)
        .to("{{batch.documents}}")
        .process(outstanding)
        .end()
        .convertBodyTo(DocumentResult.class)
        .choice()
        .when(FeedRoute::isFailed)
        .to("direct:dead-letters")
        .otherwise()
        .to("direct:results");

    from("{{batch.results}}")
        .routeId("collect-results")
        .errorHandler(noErrorHandler())
        .process(collector);

    from("{{batch.dead-letters}}")
        .routeId("collect-dead-letters")
        .errorHandler(noErrorHandler())
        .process(collector);
  }

  private static boolean isFailed(Exchange exchange) {
    return exchange.getMessage().getBody(DocumentResult.class).isFailed();
  }
}
