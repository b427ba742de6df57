/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For Camel it is the strategy that it wraps. */
class TraceJoiningStrategyTest {

  private final CamelContext context = new DefaultCamelContext();
  private final Exchange exchange = new DefaultExchange(context);
  private final Recording recording = new Recording();
  private final TraceJoiningStrategy strategy = new TraceJoiningStrategy(recording);

  @Test
  void asksItForAllDecisions() {
    assertThat(strategy.canPreComplete()).isTrue();
    assertThat(strategy.preComplete(null, exchange)).isTrue();
    assertThat(strategy.aggregate(null, exchange)).isNull();
    assertThat(strategy.aggregate(exchange, exchange, exchange)).isSameAs(exchange);
    assertThat(strategy).hasToString("recording");
  }

  @Test
  void tellsItWhatHappens() {
    strategy.onCompletion(exchange);
    strategy.onCompletion(exchange, exchange);
    strategy.timeout(exchange, 1, 2, 3);
    strategy.onOptimisticLockFailure(null, exchange);

    assertThat(recording.happened)
        .containsExactly("completion", "completion of an input", "timeout 1 2 3", "lock failure");
  }

  @Test
  void letsItLiveAsLongAsItself() {
    strategy.setCamelContext(context);
    strategy.start();
    strategy.stop();
    strategy.shutdown();

    assertThat(strategy.getCamelContext()).isSameAs(context);
    assertThat(recording.happened).containsExactly("context", "start", "stop", "shutdown");
  }

  private static final class Recording extends ServiceSupport
      implements AggregationStrategy, CamelContextAware {
    private final List<String> happened = new ArrayList<>();

    @Override
    public @Nullable Exchange aggregate(@Nullable Exchange oldExchange, Exchange newExchange) {
      return oldExchange;
    }

    @Override
    public @Nullable Exchange aggregate(
        @Nullable Exchange oldExchange, Exchange newExchange, Exchange inputExchange) {
      return inputExchange;
    }

    @Override
    public boolean canPreComplete() {
      return true;
    }

    @Override
    public boolean preComplete(@Nullable Exchange oldExchange, Exchange newExchange) {
      return true;
    }

    @Override
    public void onCompletion(Exchange completed) {
      happened.add("completion");
    }

    @Override
    public void onCompletion(Exchange completed, Exchange inputExchange) {
      happened.add("completion of an input");
    }

    @Override
    public void timeout(Exchange late, int index, int total, long timeout) {
      happened.add("timeout %d %d %d".formatted(index, total, timeout));
    }

    @Override
    public void onOptimisticLockFailure(@Nullable Exchange oldExchange, Exchange newExchange) {
      happened.add("lock failure");
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
      happened.add("context");
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
      return null;
    }

    @Override
    protected void doStart() {
      happened.add("start");
    }

    @Override
    protected void doStop() {
      happened.add("stop");
    }

    @Override
    protected void doShutdown() {
      happened.add("shutdown");
    }

    @Override
    public String toString() {
      return "recording";
    }
  }
}
