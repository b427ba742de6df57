/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.examples.stages.BudgetSpentException;
import java.util.concurrent.CancellationException;
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
    // Left for the next run: whoever brought the document sees that it is not done.
    onException(BudgetSpentException.class, CancellationException.class).logExhausted(false);
    onException(LlmRateLimitException.class, LlmServerException.class)
        .onWhen(simple("${exception.retryable}"))
        .maximumRedeliveries("{{batch.redeliveries}}")
        .redeliveryDelay(1000) // unless the provider names a time
        .useExponentialBackOff()
        .asyncDelayedRedelivery()
        .handled(true)
        .bean(ResultOf.class, "failed")
        .to("{{batch.dead-letters}}");
    onException(Exception.class)
        .handled(true)
        .bean(ResultOf.class, "failed")
        .to("{{batch.dead-letters}}");

    from("{{batch.documents}}")
        .routeId("batch")
        .bean(ReadDocument.class, "begin")
        .to("direct:document-text")
        .bean(ReadDocument.class, "read")
        .toV("kamelet:classify?provider={{batch.provider}}&labels={{batch.labels}}", null, "label")
        .toV("kamelet:summarise?provider={{batch.provider}}", null, "summary")
        .toV("kamelet:extract?provider={{batch.provider}}&schema={{batch.schema}}", null, "fields")
        .bean(ResultOf.class, "completed")
        .to("{{batch.results}}");

    from("direct:dead-letters")
        .routeId("dead-letters")
        .errorHandler(noErrorHandler())
        .bean("deadLetters")
        .to("direct:results");

    from("direct:results").routeId("results").errorHandler(noErrorHandler()).process("results");
  }
}
