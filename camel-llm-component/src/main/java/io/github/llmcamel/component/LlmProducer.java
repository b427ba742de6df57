/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.statistics.CallStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for each exchange, without occupying a thread while it answers.
 *
 * <p>The caller's thread binds and submits; the exchange goes on, on the component's pool, when its
 * call has ended, or at the first event of a live answer.
 */
final class LlmProducer extends DefaultAsyncProducer {

  private final LlmEndpoint endpoint;
  private final AnswerWriter writer;
  private @Nullable LlmBinding binding;
  private List<ExchangeObserver> observers = List.of();

  LlmProducer(LlmEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
    LlmSettings settings = endpoint.settings();
    this.writer = new AnswerWriter(settings.outputFormat(), settings.outputClass());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    LlmSettings settings = endpoint.settings();
    binding = new LlmBinding(settings, endpoint.getCamelContext());
    endpoint.getComponent().awaitStarted();
    endpoint.getComponent().client().prepare(settings.destination().baseUrl(), settings.http());
    observers =
        List.copyOf(endpoint.getCamelContext().getRegistry().findByType(ExchangeObserver.class));
    endpoint.getComponent().healthChecks().use(endpoint.settings());
  }

  @Override
  protected void doStop() throws Exception {
    endpoint.getComponent().healthChecks().release(endpoint.settings());
    super.doStop();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      BoundCall call = Objects.requireNonNull(binding, "not started").read(exchange);
      LlmComponent component = endpoint.getComponent();
      WaitingExchange waiting = new WaitingExchange(exchange, callback, component.completions());
      CallListener listener =
          endpoint.settings().streamMode() == StreamMode.LIVE
              ? new LiveAnswer(
                  waiting, call, writer, writer.stream(call.call(), component.publishers()))
              : new WholeAnswer(waiting, call, writer);
      component.client().call(call.call(), observer(exchange), call.heardBy(listener));
      return false;
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }

  private CallObserver observer(Exchange exchange) {
    String routeId = ExchangeHelper.getRouteId(exchange);
    CallStatistics statistics = endpoint.getComponent().statistics();
    CallObserver counting = call -> statistics.start(call, routeId);
    if (observers.isEmpty()) {
      return counting;
    }
    List<CallObserver> all = new ArrayList<>(List.of(counting));
    observers.forEach(observer -> all.add(call -> observer.observe(exchange).start(call)));
    return CallObserver.safe(all);
  }
}
