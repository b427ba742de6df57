/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.examples.documents.DocumentText;
import org.apache.camel.builder.RouteBuilder;

/**
 * Every document is classified, summarised and searched for facts. The same as {@code
 * routes/batch.camel.yaml}.
 *
 * <p>The document stays the body; each answer goes into a variable. A document that fails fails
 * alone. A call that waits for its answer occupies no thread.
 */
public final class BatchRoute extends RouteBuilder {

  @Override
  public void configure() {
    onException(LlmRateLimitException.class)
        .onWhen(simple("${exception.retryable}"))
        .maximumRedeliveries(5)
        .redeliveryDelay(1000) // unless the provider names a time
        .useExponentialBackOff()
        .asyncDelayedRedelivery()
        .handled(true)
        .bean("results", "failed");
    onException(Exception.class).handled(true).bean("results", "failed");

    from("direct:document")
        .routeId("batch")
        .setVariable("document", body())
        .throttle(simple("{{batch.concurrency}}"))
        .concurrentRequestsMode()
        .bean(DocumentText.class)
        .toV(ask("classify"), null, "label")
        .id("classify")
        .setVariable("label", method(Label.class))
        .toV(ask("summarise"), null, "summary")
        .id("summarise")
        .toV(ask("extract") + "&jsonSchema=resource:{{batch.schema}}", null, "fields")
        .id("extract")
        .setVariable("fields", method(Fields.class))
        .bean("results", "completed");
  }

  private static String ask(String prompt) {
    return "llm:{{batch.provider}}?systemMessage=resource:classpath:prompts/" + prompt + ".txt";
  }
}
