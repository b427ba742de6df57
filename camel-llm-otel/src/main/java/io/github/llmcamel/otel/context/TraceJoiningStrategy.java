/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Another strategy, whose aggregates remember the traces of their members and have their sum.
 *
 * <p>An aggregate has the trace of the exchange that the strategy returns, or of the first member
 * if that has none.
 */
public final class TraceJoiningStrategy extends ServiceSupport
    implements AggregationStrategy, CamelContextAware {

  private final AggregationStrategy strategy;
  private @Nullable CamelContext context;

  /** Joins the traces of what {@code strategy} joins. */
  public TraceJoiningStrategy(AggregationStrategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public @Nullable Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
    return joined(oldExchange, newExchange, strategy.aggregate(oldExchange, newExchange));
  }

  @Override
  public @Nullable Exchange aggregate(
      @Nullable Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
    return joined(
        oldExchange, newExchange, strategy.aggregate(oldExchange, newExchange, inputExchange));
  }

  private static @Nullable Exchange joined(
      @Nullable Exchange before, Exchange added, @Nullable Exchange joined) {
    if (joined != null) {
      JoinedTraces.join(before, added, joined);
      Members.join(before, added, joined);
    }
    return joined;
  }

  @Override
  public boolean canPreComplete() {
    return strategy.canPreComplete();
  }

  @Override
  public boolean preComplete(@Nullable Exchange oldExchange, Exchange newExchange) {
    return strategy.preComplete(oldExchange, newExchange);
  }

  @Override
  public void onCompletion(Exchange exchange) {
    Members.sumUp(exchange);
    strategy.onCompletion(exchange);
  }

  @Override
  public void onCompletion(Exchange exchange, Exchange inputExchange) {
    strategy.onCompletion(exchange, inputExchange);
  }

  @Override
  public void timeout(Exchange exchange, int index, int total, long timeout) {
    strategy.timeout(exchange, index, total, timeout);
  }

  @Override
  public void onOptimisticLockFailure(@Nullable Exchange oldExchange, Exchange newExchange) {
    strategy.onOptimisticLockFailure(oldExchange, newExchange);
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    context = camelContext;
    CamelContextAware.trySetCamelContext(strategy, camelContext);
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return context;
  }

  @Override
  protected void doStart() {
    ServiceHelper.startService(strategy);
  }

  @Override
  protected void doStop() {
    ServiceHelper.stopService(strategy);
  }

  @Override
  protected void doShutdown() {
    ServiceHelper.stopAndShutdownService(strategy);
  }

  @Override
  public String toString() {
    return strategy.toString();
  }
}
