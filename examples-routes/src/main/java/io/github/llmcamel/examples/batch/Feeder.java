/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.Document;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends documents into the route, each as an exchange of its own, so that each has a trace of its
 * own.
 *
 * <p>The sending thread waits while as many are under way as may be, or another one with the same
 * id is: that may be an older text, which must not end later. Not the route's throttle: it forgets,
 * after ten seconds, those whose calls take longer.
 */
final class Feeder {

  /** Answers that came before the stop are still on their way. */
  private static final Duration AFTER_STOP = Duration.ofSeconds(1);

  private final AsyncProducer route;
  private final BatchSpans spans;
  private final BooleanSupplier goOn;
  private final IntSupplier most;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Map<String, Span> underWay = new HashMap<>();
  private long sent;

  /** In the time of {@link System#nanoTime}; null while the context runs. */
  private @Nullable Long stoppedAt;

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
    route
        .getEndpoint()
        .getCamelContext()
        .addLifecycleStrategy(
            new LifecycleStrategySupport() {
              @Override
              public void onContextStopped(CamelContext camel) {
                hasStopped();
              }
            });
  }

  /**
   * Returns when all documents that were sent are through, or the context has stopped: a document
   * that waits to be repeated then never comes back.
   *
   * @return whether all were sent
   * @throws Exception what the route could not handle, such as results that cannot be written; no
   *     further document is sent then. Nothing once time is up: then it is no wonder.
   */
  boolean sendAll(Iterator<Document> documents) throws Exception {
    boolean areAllSent = true;
    while (areAllSent && documents.hasNext()) {
      areAllSent = send(documents.next());
    }
    end();
    return areAllSent;
  }

  /**
   * Sends documents as they arrive. Returns when time is up, as {@link #sendAll(Iterator)} does.
   *
   * @throws Exception as {@link #sendAll}
   */
  void sendAll(Arrivals arrivals) throws Exception {
    while (isToGoOn()) {
      Document document = arrivals.next();
      if (document != null) {
        send(document);
      }
    }
    end();
  }

  /** How many documents were sent. */
  long sent() {
    return sent;
  }

  /** Returns false if there is no time for it any more. */
  private boolean send(Document document) throws InterruptedException {
    awaitPlace(document.id());
    if (!isToGoOn()) {
      return false;
    }
    begin(document);
    return true;
  }

  private boolean isToGoOn() {
    return failure.get() == null && goOn.getAsBoolean() && isRunning();
  }

  private void end() throws Exception {
    awaitAll();
    Exception first = failure.get();
    if (first != null && goOn.getAsBoolean()) {
      throw first;
    }
  }

  private void begin(Document document) {
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.getMessage().setBody(document);
    Span span = spans.begin(exchange, document.id());
    sent++;
    hasBegun(document.id(), span);
    route.process(
        exchange,
        doneSync -> {
          BatchSpans.end(span, exchange);
          failure.compareAndSet(null, exchange.getException());
          hasEnded(document.id());
        });
  }

  private synchronized void hasBegun(String document, Span span) {
    underWay.put(document, span);
  }

  private synchronized void hasEnded(String document) {
    underWay.remove(document);
    notifyAll();
  }

  private synchronized void hasStopped() {
    stoppedAt = System.nanoTime();
    notifyAll();
  }

  private synchronized boolean isRunning() {
    return stoppedAt == null;
  }

  private synchronized void awaitPlace(String document) throws InterruptedException {
    while ((underWay.size() >= most.getAsInt() || underWay.containsKey(document)) && canWait()) {
      wait(longest());
    }
  }

  private synchronized void awaitAll() throws InterruptedException {
    while (!underWay.isEmpty() && canWait()) {
      wait(longest());
    }
    underWay.values().forEach(Span::end);
  }

  private boolean canWait() {
    return longest() >= 0;
  }

  /** In milliseconds; 0 is for ever, and a negative number not at all. */
  private synchronized long longest() {
    if (stoppedAt == null) {
      return 0;
    }
    long left = AFTER_STOP.toMillis() - (System.nanoTime() - stoppedAt) / 1_000_000;
    return left > 0 ? left : -1;
  }
}
