/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Makes text of a document, wherever it is: {@code to("direct:document-text")}.
 *
 * <p>What is not on the web is read on the thread of the caller. URLs are fetched with camel-http,
 * by at most 16 threads of their own; when all are busy the caller's thread fetches as well, so
 * that nothing piles up. What cannot be read, or is not fetched in time, is an {@link
 * UnreadableDocumentException}, for the caller's route to handle.
 */
public final class DocumentRoute extends RouteBuilder {

  private static final int MOST_AT_ONCE = 16;
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(2);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final DocumentText text;
  private final FetchedText fetched;
  private final BoundedFetch client;
  private final Duration silence;

  /** Reads within {@link DocumentLimits#DEFAULT}. */
  public DocumentRoute() {
    this(DocumentLimits.DEFAULT);
  }

  public DocumentRoute(DocumentLimits limits) {
    this(limits, LONGEST_SILENCE, LONGEST_FETCH);
  }

  /**
   * @param silence how long a server may keep us waiting for anything
   * @param fetch how long one document may take to arrive
   */
  DocumentRoute(DocumentLimits limits, Duration silence, Duration fetch) {
    this.text = new DocumentText(limits);
    this.fetched = new FetchedText(limits);
    this.client = new BoundedFetch(fetch);
    this.silence = silence;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    getContext().getRegistry().bind("boundedFetch", client);

    from("direct:document-text")
        .routeId("document-text")
        .choice()
        .when(body().isInstanceOf(Document.Url.class))
        .enrich("direct:fetch-document", bodyAlone())
        .otherwise()
        .bean(text);

    from("direct:fetch-document")
        .routeId("fetch-document")
        .streamCache(false) // It would take any body into memory.
        .threads(1, MOST_AT_ONCE, "fetch")
        .maxQueueSize(0)
        .process(DocumentRoute::ask)
        .doTry()
        .to(http())
        .bean(fetched)
        .doCatch(IOException.class)
        .process(DocumentRoute::fail)
        .end();
  }

  private String http() {
    return "http:document?httpMethod=GET&skipRequestHeaders=true&throwExceptionOnFailure=false"
        + "&disableStreamCache=true&followRedirects=true&userAgent=camel-llm"
        + "&httpClientConfigurer=#boundedFetch"
        + "&connectTimeout=%1$d&connectionRequestTimeout=%1$d&responseTimeout=%1$d&soTimeout=%1$d"
            .formatted(silence.toMillis());
  }

  private static void ask(Exchange exchange) {
    Document.Url url = exchange.getMessage().getBody(Document.Url.class);
    exchange.getMessage().setHeader(Exchange.HTTP_URI, url.id());
    exchange.getMessage().setBody(null);
  }

  private static void fail(Exchange exchange) throws UnreadableDocumentException {
    IOException failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, IOException.class);
    throw failure instanceof UnreadableDocumentException known
        ? known
        : new UnreadableDocumentException("The document cannot be fetched: " + failure, failure);
  }

  /** What the server says besides is not the caller's concern. */
  private static AggregationStrategy bodyAlone() {
    return (original, answer) -> {
      original.setException(answer.getException());
      original.getMessage().setBody(answer.getMessage().getBody());
      return original;
    };
  }
}
