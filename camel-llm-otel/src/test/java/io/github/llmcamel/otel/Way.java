/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;

/**
 * A way that an exchange takes from {@code direct:start} through several calls.
 *
 * @param calls how many it makes
 */
record Way(String name, int calls, Consumer<RouteBuilder> routes) {

  private static final String LLM = "llm:simulator?model=demo";
  private static final List<String> PARTS = List.of("a", "b", "c", "d");

  static Stream<Way> all() {
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

  private static Expression parts(RouteBuilder routes) {
    return routes.constant(PARTS);
  }

  static Way twoStages() {
    return new Way("two stages", 2, routes -> routes.from("direct:start").to(LLM).to(LLM));
  }

  @Override
  public String toString() {
    return name;
  }
}
