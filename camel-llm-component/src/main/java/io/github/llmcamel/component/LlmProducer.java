/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.ModelCall;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.statistics.CallStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
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
  private @Nullable LlmBinding binding;
  private @Nullable AnswerWriter writer;
  private List<ExchangeObserver> observers = List.of();

  LlmProducer(LlmEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    LlmSettings settings = endpoint.settings();
    binding = new LlmBinding(settings, endpoint.getCamelContext());
    endpoint.getComponent().awaitStarted();
    writer =
        new AnswerWriter(
            settings.outputFormat(), settings.outputClass(), endpoint.getComponent().prices());
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
      BoundCall bound = Objects.requireNonNull(binding, "not started").read(exchange);
      AnswerWriter answers = Objects.requireNonNull(writer, "not started");
      LlmComponent component = endpoint.getComponent();
      WaitingExchange waiting = new WaitingExchange(exchange, callback, component.completions());
      CallListener listener =
          endpoint.settings().streamMode() == StreamMode.LIVE
              ? new LiveAnswer(
                  waiting, bound, answers, answers.stream(bound.call(), component.publishers()))
              : new WholeAnswer(waiting, bound, answers);
      call(exchange, bound, listener);
      return false;
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }

  private void call(Exchange exchange, BoundCall bound, CallListener listener) {
    LlmComponent component = endpoint.getComponent();
    ModelCall call = bound.call();
    List<CallObserver> all = observers(exchange);
    if (component.spending().isListening()) {
      BudgetedCalls budgeted =
          new BudgetedCalls(
              ExchangeSpending.of(exchange),
              endpoint.settings().budget(),
              call.destination(),
              component.prices());
      all.add(budgeted);
      call = call.admittedBy(budgeted);
    }
    CallObserver safe = CallObserver.safe(all);
    String stage = stageName(exchange);
    CallObserver observer =
        start ->
            safe.start(start.ofStage(stage, bound.promptVersion()).pricedBy(component.prices()));
    component.client().call(call, observer, bound.heardBy(listener));
  }

  /** That of the endpoint, else the nearest Step EIP's. */
  private @Nullable String stageName(Exchange exchange) {
    String own = endpoint.getStageName();
    return own != null ? own : exchange.getProperty(ExchangePropertyKey.STEP_ID, String.class);
  }

  private List<CallObserver> observers(Exchange exchange) {
    String routeId = ExchangeHelper.getRouteId(exchange);
    CallStatistics statistics = endpoint.getComponent().statistics();
    List<CallObserver> all = new ArrayList<>();
    all.add(call -> statistics.start(call, routeId));
    observers.forEach(observer -> all.add(call -> observer.observe(exchange).start(call)));
    return all;
  }
}
