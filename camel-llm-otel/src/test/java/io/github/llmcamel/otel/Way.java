/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.error.LlmServerException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A way that an exchange takes from {@code direct:start} through several calls.
 *
 * @param calls how many it makes
 */
record Way(String name, int calls, Consumer<RouteBuilder> routes) {

  private static final String LLM = "llm:simulator?model=demo";
  private static final String FAULTY = LLM + "${exchangeProperty.fault}";
  private static final List<String> PARTS = List.of("a", "b", "c", "d");

  static Stream<Way> all() {
    return Stream.of(fromRouteToRoute(), inParts(), elsewhere(), again()).flatMap(ways -> ways);
  }

  private static Stream<Way> fromRouteToRoute() {
    return Stream.of(
        twoStages(),
        new Way(
            "direct",
            3,
            routes -> {
              routes.from("direct:start").to(LLM).to("direct:sub").to(LLM);
              routes.from("direct:sub").to(LLM);
            }),
        new Way(
            "seda after a call",
            3,
            routes -> {
              routes.from("direct:start").to(LLM).to("seda:next").to(LLM);
              routes.from("seda:next?pollTimeout=10").to(LLM);
            }),
        new Way(
            "seda before any call",
            3,
            routes -> {
              routes.from("direct:start").to("seda:next").to(LLM);
              routes.from("seda:next?pollTimeout=10").to(LLM).to(LLM);
            }),
        new Way(
            "wireTap of a route",
            3,
            routes -> {
              routes.from("direct:start").wireTap("direct:tap").to(LLM);
              routes.from("direct:tap").to(LLM).to(LLM);
            }),
        new Way(
            "wireTap of a model", 2, routes -> routes.from("direct:start").wireTap(LLM).to(LLM)),
        new Way(
            "enrich",
            3,
            routes -> {
              routes.from("direct:start").enrich("direct:more").enrich(LLM);
              routes.from("direct:more").to(LLM).to(LLM);
            }),
        new Way(
            "toD",
            2,
            routes ->
                routes
                    .from("direct:start")
                    .setProperty("model", routes.constant("demo"))
                    .toD("llm:simulator?model=${exchangeProperty.model}")
                    .to(LLM)),
        new Way(
            "dynamicRouter",
            3,
            routes -> {
              routes.from("direct:start").dynamicRouter(new TwoRecipients()).to(LLM);
              routes.from("direct:last").to(LLM);
            }),
        new Way(
            "routingSlip",
            3,
            routes ->
                routes.from("direct:start").routingSlip(routes.constant(LLM + "," + LLM)).to(LLM)));
  }

  private static Stream<Way> inParts() {
    return Stream.of(
        new Way(
            "split",
            5,
            routes -> routes.from("direct:start").split(parts(routes)).to(LLM).end().to(LLM)),
        new Way(
            "split, streaming",
            5,
            routes ->
                routes.from("direct:start").split(parts(routes)).streaming().to(LLM).end().to(LLM)),
        new Way(
            "parallel split before any call",
            5,
            routes ->
                routes
                    .from("direct:start")
                    .split(parts(routes))
                    .parallelProcessing()
                    .to(LLM)
                    .end()
                    .to(LLM)),
        new Way(
            "parallel split after a call",
            6,
            routes ->
                routes
                    .from("direct:start")
                    .to(LLM)
                    .split(parts(routes))
                    .parallelProcessing()
                    .to(LLM)
                    .end()
                    .to(LLM)),
        new Way(
            "parallel split that is put together",
            6,
            routes ->
                routes
                    .from("direct:start")
                    .to(LLM)
                    .split(parts(routes), new GroupedExchangeAggregationStrategy())
                    .parallelProcessing()
                    .to(LLM)
                    .end()
                    .to(LLM)),
        new Way(
            "parallel multicast",
            4,
            routes -> {
              routes
                  .from("direct:start")
                  .multicast()
                  .parallelProcessing()
                  .to(LLM, "direct:branch")
                  .end()
                  .to(LLM);
              routes.from("direct:branch").to(LLM).to(LLM);
            }),
        new Way(
            "parallel recipientList",
            4,
            routes -> {
              routes
                  .from("direct:start")
                  .recipientList(routes.constant(LLM + ",direct:branch"))
                  .parallelProcessing()
                  .end()
                  .to(LLM);
              routes.from("direct:branch").to(LLM).to(LLM);
            }),
        new Way(
            "aggregate",
            3,
            routes ->
                routes
                    .from("direct:start")
                    .to(LLM)
                    .aggregate(routes.constant(true), new GroupedExchangeAggregationStrategy())
                    .completionSize(1)
                    .to(LLM)
                    .to(LLM)));
  }

  private static Stream<Way> elsewhere() {
    return Stream.of(
        new Way(
            "threads", 3, routes -> routes.from("direct:start").to(LLM).threads(2).to(LLM).to(LLM)),
        new Way(
            "asynchronous delay",
            3,
            routes ->
                routes.from("direct:start").delay(1).asyncDelayed().end().to(LLM).to(LLM).to(LLM)),
        circuitBreaker(),
        new Way(
            "circuitBreaker with a timeout",
            3,
            routes ->
                routes
                    .from("direct:start")
                    .circuitBreaker()
                    .resilience4jConfiguration()
                    .timeoutEnabled(true)
                    .timeoutDuration(60_000)
                    .end()
                    .to(LLM)
                    .to(LLM)
                    .end()
                    .to(LLM)),
        new Way(
            "fallback of a circuitBreaker",
            2,
            routes ->
                routes
                    .from("direct:start")
                    .circuitBreaker()
                    .to(LLM + "&extra.fail=500")
                    .onFallback()
                    .to(LLM)
                    .end()),
        new Way(
            "template in a bean, to a queue",
            3,
            routes -> {
              routes
                  .from("direct:start")
                  .to(LLM)
                  .process(
                      exchange ->
                          exchange
                              .getContext()
                              .createProducerTemplate()
                              .requestBody("seda:next", "Inner?"))
                  .to(LLM);
              routes.from("seda:next?pollTimeout=10").to(LLM);
            }),
        new Way(
            "template in a bean",
            3,
            routes ->
                routes
                    .from("direct:start")
                    .to(LLM)
                    .process(
                        exchange ->
                            exchange
                                .getContext()
                                .createProducerTemplate()
                                .requestBody(LLM, "Inner?"))
                    .to(LLM)));
  }

  private static Stream<Way> again() {
    return Stream.of(
        new Way("loop", 4, routes -> routes.from("direct:start").loop(3).to(LLM).end().to(LLM)),
        new Way(
            "loop of copies",
            4,
            routes -> routes.from("direct:start").loop(3).copy().to(LLM).end().to(LLM)),
        new Way(
            "redelivery",
            4,
            routes -> {
              failOnce(routes);
              fault(routes).to(LLM).toD(FAULTY).to(LLM);
            }),
        new Way(
            "redelivery that does not wait",
            4,
            routes -> {
              failOnce(routes).asyncDelayedRedelivery();
              fault(routes).to(LLM).toD(FAULTY).to(LLM);
            }),
        new Way(
            "redelivery of a route",
            5,
            routes -> {
              failOnce(routes);
              fault(routes).to("direct:sub").to(LLM);
              routes.from("direct:sub").errorHandler(routes.noErrorHandler()).to(LLM).toD(FAULTY);
            }),
        new Way(
            "onException",
            2,
            routes -> {
              routes.onException(LlmServerException.class).handled(true).to(LLM);
              routes.from("direct:start").to(LLM + "&extra.fail=500");
            }));
  }

  /** Redelivers, without the fault. */
  private static OnExceptionDefinition failOnce(RouteBuilder routes) {
    return routes
        .onException(LlmServerException.class)
        .maximumRedeliveries(2)
        .redeliveryDelay(1)
        .onRedelivery(exchange -> exchange.setProperty("fault", ""));
  }

  private static ProcessorDefinition<?> fault(RouteBuilder routes) {
    return routes.from("direct:start").setProperty("fault", routes.constant("&extra.fail=500"));
  }

  private static Expression parts(RouteBuilder routes) {
    return routes.constant(PARTS);
  }

  static Way twoStages() {
    return new Way("two stages", 2, routes -> routes.from("direct:start").to(LLM).to(LLM));
  }

  static Way circuitBreaker() {
    return new Way(
        "circuitBreaker",
        3,
        routes -> routes.from("direct:start").circuitBreaker().to(LLM).to(LLM).end().to(LLM));
  }

  @Override
  public String toString() {
    return name;
  }

  /** First a model, then a route, then nobody. */
  private static final class TwoRecipients extends ExpressionAdapter {
    @Override
    public @Nullable Object evaluate(Exchange exchange) {
      String previous = exchange.getProperty(ExchangePropertyKey.SLIP_ENDPOINT, String.class);
      if (previous == null) {
        return LLM;
      }
      return previous.startsWith("llm:") ? "direct:last" : null;
    }
  }
}
