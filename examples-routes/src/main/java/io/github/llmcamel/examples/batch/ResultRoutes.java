/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import org.apache.camel.builder.RouteBuilder;

/** Where the ways of all documents end, in the process that collects what became of them. */
final class ResultRoutes extends RouteBuilder {

  private final Results results;
  private final DeadLetters deadLetters;

  ResultRoutes(Results results, DeadLetters deadLetters) {
    this.results = results;
    this.deadLetters = deadLetters;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler()); // A result that cannot be kept ends the run.
    from("direct:dead-letters").routeId("dead-letters").bean(deadLetters).to("direct:results");
    from("direct:results").routeId("results").process(results);
  }
}
