/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import org.apache.camel.builder.RouteBuilder;

/**
 * Every document of a folder is classified, summarised and searched for facts.
 *
 * <p>The document stays the body; each answer goes into a variable. A document that fails fails
 * alone.
 */
public final class BatchRoute extends RouteBuilder {

  private final Results results;

  public BatchRoute(Results results) {
    this.results = results;
  }

  @Override
  public void configure() {
    from("direct:batch")
        .routeId("batch")
        .split(body())
        .streaming()
        .parallelProcessing()
        // An asynchronous call frees its thread at once: threads do not limit how many run.
        .throttle(simple("{{batch.concurrency}}"))
        .concurrentRequestsMode()
        .to("direct:document");

    from("direct:document")
        .routeId("document")
        .onException(Exception.class)
        .handled(true)
        .process(results::failed)
        .end()
        .setVariable("document", simple("${body}"))
        .process(DocumentText::read)
        .toV(ask("classify"), null, "label")
        .toV(ask("summarise"), null, "summary")
        .toV(ask("extract") + "&extra.response_format.type=json_object", null, "fields")
        .process(results::completed);
  }

  private static String ask(String prompt) {
    return "llm:{{batch.provider}}?model={{?batch.model}}&temperature=0&maxTokens=200"
        + "&streamMode=aggregate&systemMessage=resource:classpath:prompts/"
        + prompt
        + ".txt";
  }
}
