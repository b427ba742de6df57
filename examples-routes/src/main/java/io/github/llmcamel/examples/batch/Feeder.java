/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.Document;
import io.opentelemetry.api.trace.Span;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Sends documents into the route, each as an exchange of its own, so that each has a trace of its
 * own.
 *
 * <p>The sending thread waits while as many are under way as may be. Not the route's throttle: it
 * forgets, after ten seconds, those whose calls take longer.
 */
final class Feeder {

  private final AsyncProducer route;
  private final BatchSpans spans;
  private final BooleanSupplier goOn;
  private final IntSupplier most;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private int running;

  /**
   * @param route the door of the route; started, and the caller's to stop
   * @param spans of the documents
   * @param goOn whether there is still time to begin with a document
   * @param most how many documents may be under way, 1 and above; may change with each that ends
   */
  Feeder(AsyncProducer route, BatchSpans spans, BooleanSupplier goOn, IntSupplier most) {
    this.route = route;
    this.spans = spans;
    this.goOn = goOn;
    this.most = most;
  }

  /**
   * Returns when all documents that were sent are through.
   *
   * @throws Exception what the route could not handle, such as results that cannot be written; no
   *     further document is sent then. Nothing once time is up: then it is no wonder.
   */
  void send(Iterator<Document> documents) throws Exception {
    while (isToGoOn() && documents.hasNext()) {
      begin(documents.next());
      awaitFewerThan(most);
    }
    awaitFewerThan(() -> 1);
    Exception first = failure.get();
    if (first != null && goOn.getAsBoolean()) {
      throw first;
    }
  }

  private boolean isToGoOn() {
    return failure.get() == null && goOn.getAsBoolean();
  }

  private void begin(Document document) {
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.getMessage().setBody(document);
    Span span = spans.begin(exchange, document.id());
    count(1);
    route.process(
        exchange,
        doneSync -> {
          BatchSpans.end(span, exchange);
          failure.compareAndSet(null, exchange.getException());
          count(-1);
        });
  }

  private synchronized void count(int more) {
    running += more;
    notifyAll();
  }

  private synchronized void awaitFewerThan(IntSupplier number) throws InterruptedException {
    while (running >= number.getAsInt()) {
      wait();
    }
  }
}
