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
import org.apache.camel.ExchangePattern;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** The component, as a route's step calls it; a live answer is read to its end. */
final class LlmCaller implements Caller {

  private final CamelContext context;
  private final AsyncProducer producer;

  /**
   * A caller of one endpoint.
   *
   * @param context has started; closing this stops it
   */
  LlmCaller(CamelContext context, String uri) throws Exception {
    this.context = context;
    producer = context.getEndpoint(uri).createAsyncProducer();
    producer.start();
  }

  /**
   * A caller in a context of its own.
   *
   * @param options of the URI, after the base URL
   * @param telemetry null for none
   */
  static LlmCaller of(String baseUrl, String options, @Nullable ExchangeObserver telemetry)
      throws Exception {
    CamelContext context = new DefaultCamelContext();
    if (telemetry != null) {
      context.getRegistry().bind("telemetry", telemetry);
    }
    context.start();
    return new LlmCaller(context, uri(baseUrl, options));
  }

  static String uri(String baseUrl, String options) {
    return "llm:openai?model=gpt-4o-mini&apiKey=k&baseUrl=" + baseUrl + "/v1" + options;
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
    call(new Reader(events, ended), ended);
  }

  /**
   * Starts a call.
   *
   * @param reader subscribes to a live answer
   * @param ended runs if there is none
   */
  void call(Flow.Subscriber<ChatEvent> reader, Runnable ended) {
    // In-out, so that a live answer is its caller's.
    Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
    exchange.getMessage().setBody(PROMPT);
    producer.process(exchange, synchronously -> answered(exchange, reader, ended));
  }

  private static void answered(
      Exchange exchange, Flow.Subscriber<ChatEvent> reader, Runnable ended) {
    if (exchange.getMessage().getBody() instanceof LlmStream<?> stream
        && exchange.getException() == null) {
      stream.asPublisher().subscribe(reader);
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
