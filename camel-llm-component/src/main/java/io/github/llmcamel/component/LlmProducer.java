/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ChatCall;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.observe.CallObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for each exchange, without occupying a thread while it answers.
 *
 * <p>The caller's thread binds and submits; the exchange goes on, on the component's pool, at the
 * one ending of its call.
 */
final class LlmProducer extends DefaultAsyncProducer {

  private final LlmEndpoint endpoint;
  private @Nullable LlmBinding binding;
  private List<ExchangeObserver> observers = List.of();

  LlmProducer(LlmEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    binding = new LlmBinding(endpoint.settings(), endpoint.getCamelContext());
    observers =
        List.copyOf(endpoint.getCamelContext().getRegistry().findByType(ExchangeObserver.class));
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      LlmBinding bound = Objects.requireNonNull(binding, "not started");
      ChatCall call = bound.read(exchange);
      ModelClient client = endpoint.getComponent().client();
      client.chat(call, observer(exchange), ending -> goOn(exchange, call, ending, callback));
      return false;
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
  }

  private CallObserver observer(Exchange exchange) {
    return CallObserver.safe(
        observers.stream()
            .<CallObserver>map(observer -> call -> observer.observe(exchange).start(call))
            .toList());
  }

  private void goOn(Exchange exchange, ChatCall call, Ending ending, AsyncCallback callback) {
    Runnable rest =
        () -> {
          Objects.requireNonNull(binding).write(exchange, call, ending);
          callback.done(false);
        };
    Executor pool = endpoint.getComponent().completions();
    try {
      // The rest of the route must not run on the thread that serves other calls' bytes.
      pool.execute(rest);
    } catch (RejectedExecutionException e) {
      // The pool has stopped with the context; an exchange is never left hanging.
      rest.run();
    }
  }
}
