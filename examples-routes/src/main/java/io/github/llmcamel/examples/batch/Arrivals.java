/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.Document;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where documents of watched folders arrive. There is room for none: the thread that has found one
 * waits until it is asked for, and finds no more meanwhile.
 */
final class Arrivals extends RouteBuilder implements AutoCloseable {

  static final String ENDPOINT = "direct:arrivals";

  /** How long anybody waits without looking up. */
  private static final long LONGEST_MILLIS = 100;

  private final SynchronousQueue<Document> door = new SynchronousQueue<>();
  private volatile boolean isClosed;

  @Override
  public void configure() {
    from(ENDPOINT).routeId("arrivals").errorHandler(noErrorHandler()).process(this::arrive);
  }

  private void arrive(Exchange exchange) throws InterruptedException {
    Document document = exchange.getMessage().getBody(Document.class);
    while (!isClosed) {
      if (door.offer(document, LONGEST_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    exchange.setRouteStop(true); // Nor are further rows of its file wanted.
  }

  /** The next document; null if none has come for a moment. */
  @Nullable Document next() throws InterruptedException {
    return door.poll(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** No more documents are asked for: who waits is let go. */
  @Override
  public void close() {
    isClosed = true;
  }
}
