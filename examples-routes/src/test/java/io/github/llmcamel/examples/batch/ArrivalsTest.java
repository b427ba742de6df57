/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.documents.Document;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  private static final Document DOCUMENT = new Document.Text("a.txt", "Dear all");

  private final CamelContext camel = new DefaultCamelContext();
  private final Arrivals arrivals = new Arrivals();

  @BeforeEach
  void start() throws Exception {
    camel.addRoutes(arrivals);
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void whoBringsADocumentWaitsUntilItIsAskedFor() throws Exception {
    CompletableFuture<Exchange> bringing = bring();
    assertThat(bringing).isNotDone();

    @Nullable Document arrived = arrivals.next();
    while (arrived == null) {
      arrived = arrivals.next();
    }

    assertThat(arrived).isSameAs(DOCUMENT);
    assertThat(bringing.join().isRouteStop()).isFalse();
  }

  @Test
  void whoWaitsIsLetGoAtTheEndAndKnowsThatNothingMoreIsWanted() {
    CompletableFuture<Exchange> bringing = bring();

    arrivals.close();

    assertThat(bringing.join().isRouteStop()).isTrue();
    assertThat(bringing.join().isFailed()).isFalse();
    assertThat(bring().join().isRouteStop()).isTrue();
  }

  private CompletableFuture<Exchange> bring() {
    FluentProducerTemplate template = camel.createFluentProducerTemplate();
    return CompletableFuture.supplyAsync(
        () -> template.to(Arrivals.ENDPOINT).withBody(DOCUMENT).send());
  }
}
