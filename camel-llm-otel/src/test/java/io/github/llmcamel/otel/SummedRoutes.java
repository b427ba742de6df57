/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** Routes whose exchanges sum up their calls, and the spans to compare with. */
final class SummedRoutes implements AutoCloseable {

  static final String LLM = "llm:simulator?model=demo";

  final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  final CamelContext context = new DefaultCamelContext();

  SummedRoutes() {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    context.getComponent("llm", LlmComponent.class).setPriceTable("classpath:simulator-prices.csv");
  }

  void start(Consumer<RouteBuilder> routes) throws Exception {
    RouteBuilder.addRoutes(context, routes::accept);
    context.start();
  }

  Exchange send() {
    return send("direct:start");
  }

  Exchange send(String uri) {
    return context
        .createProducerTemplate()
        .send(uri, exchange -> exchange.getMessage().setBody("Hi?"));
  }

  /** That the tokens of {@code exchange} are those of all calls. */
  void assertTokensOf(Exchange exchange) {
    assertThat(exchange.getProperty("CamelLlmTotalInputTokens"))
        .isEqualTo(sum("gen_ai.usage.input_tokens"));
    assertThat(exchange.getProperty("CamelLlmTotalOutputTokens"))
        .isEqualTo(sum("gen_ai.usage.output_tokens"));
  }

  /** Of an attribute, over the spans of all calls; null if none has it. */
  @Nullable Long sum(String attribute) {
    return chats().stream()
        .map(span -> span.getAttributes().get(longKey(attribute)))
        .filter(Objects::nonNull)
        .reduce(Long::sum)
        .orElse(null);
  }

  /** That what {@code exchange} says to have cost is what all calls cost. */
  void assertCostOf(Exchange exchange) {
    double sum =
        chats().stream()
            .map(span -> span.getAttributes().get(doubleKey("llm.cost.amount")))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sum();
    BigDecimal cost = exchange.getProperty("CamelLlmTotalCost", BigDecimal.class);
    assertThat(cost == null ? 0 : cost.doubleValue()).isCloseTo(sum, within(1e-9));
    assertThat(exchange.getProperty("CamelLlmTotalCostCurrency"))
        .isEqualTo(cost == null ? null : "EUR");
  }

  /** How long all calls took, one after the other. */
  long nanos() {
    return chats().stream().mapToLong(s -> s.getEndEpochNanos() - s.getStartEpochNanos()).sum();
  }

  List<SpanData> chats() {
    return telemetry.spans().stream().filter(span -> span.getName().equals("chat demo")).toList();
  }

  @Override
  public void close() {
    context.stop();
    telemetry.close();
  }
}
