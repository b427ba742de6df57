/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.Document;
import io.opentelemetry.api.trace.Span;
import java.util.Iterator;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Sends documents into the route, each as an exchange of its own, so that each has a trace of its
 * own.
 *
 * <p>The sending thread is the one that the route's throttle holds back. A template would put a
 * pool and its queue between the two.
 */
final class Feeder {

  private final AsyncProducer route;
  private final BatchSpans spans;
  private final BooleanSupplier goOn;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param route the door of the route; started, and the caller's to stop
   * @param spans of the documents
   * @param goOn whether there is still time to begin with a document
   */
  Feeder(AsyncProducer route, BatchSpans spans, BooleanSupplier goOn) {
    this.route = route;
    this.spans = spans;
    this.goOn = goOn;
  }

  /**
   * Returns when all documents that were sent are through.
   *
   * @throws Exception what the route could not handle, such as results that cannot be written; no
   *     further document is sent then. Nothing once time is up: then it is no wonder.
   */
  void send(Iterator<Document> documents) throws Exception {
    Phaser running = new Phaser(1);
    while (failure.get() == null && goOn.getAsBoolean() && documents.hasNext()) {
      Exchange exchange = route.getEndpoint().createExchange();
      Document document = documents.next();
      exchange.getMessage().setBody(document);
      Span span = spans.begin(exchange, document.id());
      running.register();
      route.process(
          exchange,
          doneSync -> {
            BatchSpans.end(span, exchange);
            failure.compareAndSet(null, exchange.getException());
            running.arriveAndDeregister();
          });
    }
    running.arriveAndAwaitAdvance();
    Exception first = failure.get();
    if (first != null && goOn.getAsBoolean()) {
      throw first;
    }
  }
}
