/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.error.LlmServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/** Routes of nested patterns that are the same for the same seed, on threads they share. */
final class RandomRoutes extends RouteBuilder {

  private static final String LLM = "llm:simulator?model=demo";
  private static final int DEPTH = 2;

  private final Random random;
  private final int count;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final List<Route> routes = new ArrayList<>();
  private int subRoutes;

  /**
   * A route to send exchanges to.
   *
   * @param calls how many an exchange makes there, and in all routes below
   */
  record Route(String uri, int calls) {}

  RandomRoutes(long seed, int count, ExecutorService threads, ScheduledExecutorService timer) {
    this.random = new Random(seed);
    this.count = count;
    this.threads = threads;
    this.timer = timer;
  }

  /** None before they are configured. */
  List<Route> routes() {
    return routes;
  }

  @Override
  public void configure() {
    onException(LlmServerException.class)
        .maximumRedeliveries(-1) // Camel counts over all nodes.
        .redeliveryDelay(0)
        .onRedelivery(exchange -> exchange.setProperty("fault", ""));
    for (int i = 0; i < count; i++) {
      routes.add(route("direct", DEPTH));
    }
  }

  private Route route(String scheme, int depth) {
    String uri = scheme + ":route-" + subRoutes++;
    String options = scheme.equals("seda") ? "?pollTimeout=10" : "";
    return new Route(uri, block(from(uri + options), depth));
  }

  /** Adds nodes to {@code at} and returns how many calls they make. */
  private int block(ProcessorDefinition<?> at, int depth) {
    int calls = node(at, depth);
    return random.nextBoolean() ? calls : calls + node(at, depth);
  }

  private int node(ProcessorDefinition<?> at, int depth) {
    if (depth == 0) {
      at.to(LLM);
      return 1;
    }
    return switch (random.nextInt(5)) {
      case 0 -> elsewhere(at, depth);
      case 1 -> inParts(at, depth - 1);
      case 2 -> toAnotherRoute(at, depth - 1);
      case 3 -> again(at, depth - 1);
      default -> node(at, 0);
    };
  }

  private int elsewhere(ProcessorDefinition<?> at, int depth) {
    if (random.nextBoolean()) {
      at.threads().executorService(threads);
    } else {
      at.delay(1).asyncDelayed().executorService(timer);
    }
    return node(at, depth - 1);
  }

  private int inParts(ProcessorDefinition<?> at, int depth) {
    switch (random.nextInt(4)) {
      case 0 -> {
        return 2 * block(at.split(constant(List.of("a", "b"))), depth);
      }
      case 1 -> {
        return 2
            * block(
                at.split(constant(List.of("a", "b")), new UseLatestAggregationStrategy())
                    .parallelProcessing()
                    .executorService(threads),
                depth);
      }
      case 2 -> {
        Route part = route("direct", depth);
        at.multicast().parallelProcessing().executorService(threads).to(LLM, part.uri());
        return 1 + part.calls();
      }
      default -> {
        Route part = route("direct", depth);
        at.recipientList(constant(LLM + "," + part.uri()))
            .parallelProcessing()
            .executorService(threads);
        return 1 + part.calls();
      }
    }
  }

  private int toAnotherRoute(ProcessorDefinition<?> at, int depth) {
    Route other = route(random.nextInt(5) == 0 ? "seda" : "direct", depth);
    switch (random.nextInt(6)) {
      case 0 -> at.to(other.uri());
      case 1 -> at.toD(other.uri());
      case 2 -> at.enrich(other.uri());
      case 3 -> at.dynamicRouter(new Once(other.uri()));
      case 4 -> at.wireTap(other.uri()).executorService(threads);
      default -> {
        at.to(LLM).process(exchange -> askByTemplate(exchange, other.uri()));
        return 1 + other.calls();
      }
    }
    return other.calls();
  }

  private int again(ProcessorDefinition<?> at, int depth) {
    switch (random.nextInt(4)) {
      case 0 -> {
        return 2 * block(at.loop(2), depth);
      }
      case 1 -> {
        return block(at.circuitBreaker(), 0) + block(at, depth);
      }
      case 2 -> {
        return block(
            at.aggregate(constant(true), new UseLatestAggregationStrategy())
                .completionSize(1)
                .executorService(threads),
            depth);
      }
      default -> {
        Route faulty = route("direct", 0);
        at.to(faulty.uri())
            .setProperty("fault", constant("&extra.fail=500"))
            .toD(LLM + "${exchangeProperty.fault}");
        return faulty.calls() + 2;
      }
    }
  }

  private static void askByTemplate(Exchange exchange, String uri) {
    exchange
        .getContext()
        .createProducerTemplate()
        .requestBodyAndHeader(
            uri,
            "Inner?",
            LlmConstants.CONVERSATION_ID,
            exchange.getMessage().getHeader(LlmConstants.CONVERSATION_ID));
  }

  /** One endpoint, then nobody. */
  private static final class Once extends ExpressionAdapter {
    private final String uri;

    private Once(String uri) {
      this.uri = uri;
    }

    @Override
    public @Nullable Object evaluate(Exchange exchange) {
      return exchange.getProperty(ExchangePropertyKey.SLIP_ENDPOINT) == null ? uri : null;
    }
  }
}
