/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.examples.ledger.LedgerException;
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

  private static final String ASKED = "provider={{batch.provider}}";
  private static final String SHORT = "&maxInputTokens={{batch.max-input-tokens}}";

  @Override
  public void configure() {
    // Left for the next run: whoever brought the document sees that it is not done.
    onException(BudgetSpentException.class, LedgerException.class, CancellationException.class)
        .logExhausted(false);
    onException(LlmException.class)
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
        // A long document is made short; a short one stays what it is.
        .toV("kamelet:condense?" + ASKED + SHORT, null, "text")
        .toV("kamelet:classify?" + ASKED + "&labels={{batch.labels}}", "text", "label")
        .toV("kamelet:summarise?" + ASKED + SHORT, "text", "summary")
        .toV("kamelet:extract?" + ASKED + "&schema={{batch.schema}}", "text", "fields")
        .bean(ResultOf.class, "completed")
        .to("{{batch.results}}");
  }
}
