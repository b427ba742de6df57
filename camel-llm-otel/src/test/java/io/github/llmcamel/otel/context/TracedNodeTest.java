/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanStorageManagerExchange;
import org.junit.jupiter.api.Test;

class TracedNodeTest {

  @Test
  void goesOnWhereATracerOfOthersTakesNoSums() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    new SpanStorageManagerExchange().push(exchange, new SpanThatThrows());
    TracedNode node =
        new TracedNode(
            called -> ExchangeTotals.of(called).add(called, Totals.ofCall(null, null, 5, null)),
            totals -> Attributes.of(AttributeKey.longKey("calls"), totals.calls()));
    List<Boolean> done = new ArrayList<>();

    node.process(exchange, done::add);

    assertThat(done).containsExactly(true);
    assertThat(exchange.getProperty(ExchangeTotals.CALLS)).isEqualTo(1L);
    assertThat(exchange.getException()).isNull();
  }

  private static final class SpanThatThrows implements Span {
    @Override
    public void log(Map<String, String> fields) {}

    @Override
    public void setTag(String key, String value) {
      throw new UnsupportedOperationException("no tags");
    }

    @Override
    public void setComponent(String component) {}

    @Override
    public void setError(boolean isError) {}
  }
}
