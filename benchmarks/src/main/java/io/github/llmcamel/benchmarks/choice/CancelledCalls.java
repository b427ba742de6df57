/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.choice;

import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** Notes when calls were cancelled, by the name of their request. */
final class CancelledCalls implements ExchangeObserver {

  private final Map<String, Long> times = new ConcurrentHashMap<>();

  @Override
  public CallObserver observe(Exchange exchange) {
    String name = exchange.getMessage().getHeader(ChatServer.CALL, "", String.class);
    return call ->
        new CallObservation() {
          @Override
          public void cancelled(Cancellation reason, ChatResponse partial) {
            times.put(name, System.nanoTime());
          }
        };
  }

  /** {@code name=nanoseconds}, with spaces between. */
  @Override
  public String toString() {
    return times.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
