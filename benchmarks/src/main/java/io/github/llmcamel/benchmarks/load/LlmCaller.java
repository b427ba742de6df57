/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.model.ChatEvent;
import java.util.concurrent.Flow;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** The component, as a route's step calls it; a live answer is read to its end. */
final class LlmCaller implements Caller {

  private final CamelContext context = new DefaultCamelContext();
  private final AsyncProducer producer;

  /**
   * Starts a context with one endpoint.
   *
   * @param options of the URI, after the base URL
   * @param telemetry null for none
   */
  LlmCaller(String baseUrl, String options, @Nullable ExchangeObserver telemetry) throws Exception {
    if (telemetry != null) {
      context.getRegistry().bind("telemetry", telemetry);
    }
    context.start();
    producer =
        context
            .getEndpoint(
                "llm:openai?model=gpt-4o-mini&apiKey=k&baseUrl=" + baseUrl + "/v1" + options)
            .createAsyncProducer();
    producer.start();
  }

  CamelContext context() {
    return context;
  }

  @Override
  public void call(Runnable ended) {
    call(event -> {}, ended);
  }

  /**
   * Starts a call.
   *
   * @param events hears each event of a live answer
   */
  void call(Events events, Runnable ended) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(PROMPT);
    producer.process(exchange, synchronously -> answered(exchange, events, ended));
  }

  private static void answered(Exchange exchange, Events events, Runnable ended) {
    if (exchange.getMessage().getBody() instanceof LlmStream<?> stream
        && exchange.getException() == null) {
      stream.asPublisher().subscribe(new Reader(events, ended));
    } else {
      ended.run();
    }
  }

  @Override
  public void close() {
    producer.stop();
    context.stop();
  }

  /** Hears what a model says. */
  @FunctionalInterface
  interface Events {
    void event(ChatEvent event);
  }

  private record Reader(Events events, Runnable ended) implements Flow.Subscriber<ChatEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatEvent event) {
      events.event(event);
    }

    @Override
    public void onError(Throwable failure) {
      ended.run();
    }

    @Override
    public void onComplete() {
      ended.run();
    }
  }
}
