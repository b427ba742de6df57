/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.DocumentStages;
import io.github.llmcamel.examples.stages.PipelineVersion;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

class OutstandingTest {

  private static final String SENDER = "me";

  private final CamelContext context = new DefaultCamelContext();
  private final Outstanding outstanding = new Outstanding(SENDER, Runnable::run);

  @Test
  void aDocumentTakesItsNameItsContentAndItsKeysWithIt() {
    Exchange sent = announced("a.txt", "Dear all");

    assertThat(sent.getMessage().getHeaders())
        .containsEntry("llmDocument", "a.txt")
        .containsEntry("llmSender", SENDER)
        .containsEntry("kafka.KEY", "a.txt")
        .containsEntry("JMSXGroupID", "a.txt")
        .containsEntry("llmPipeline", PipelineVersion.of(context).text())
        .hasEntrySatisfying("llmContent", hash -> assertThat(hash.toString()).hasSize(64));
    assertThat(outstanding.isAddressee(sent.getMessage())).isTrue();
    assertThat(new Outstanding("you", Runnable::run).isAddressee(sent.getMessage())).isFalse();
  }

  @Test
  void theFirstResultCountsAlone() {
    Exchange sent = announced("a.txt", "Dear all");
    CompletableFuture<Boolean> through = await(sent);
    assertThat(through).isNotDone();
    assertThat(sent.getMessage().getBody()).as("may be long").isNull();

    assertThat(outstanding.accept(result("a.txt", "Dear all", "first"))).isTrue();
    assertThat(outstanding.accept(result("a.txt", "Dear all", "second"))).isFalse();

    assertThat(through).isDone();
    assertThat(sent.getMessage().getBody()).isEqualTo("first");
  }

  @Test
  void aResultMayBeHereBeforeTheSendingHasEnded() {
    Exchange sent = announced("a.txt", "Dear all");

    assertThat(outstanding.accept(result("a.txt", "Dear all", "early"))).isTrue();

    assertThat(await(sent)).isDone();
    assertThat(sent.getMessage().getBody()).isEqualTo("early");
  }

  @Test
  void aResultOfAnotherTextIsNotTheOneThatIsAwaited() {
    CompletableFuture<Boolean> through = await(announced("a.txt", "Dear all"));

    assertThat(outstanding.accept(result("a.txt", "Dear none", "stale"))).isFalse();
    assertThat(outstanding.accept(result("b.txt", "Dear all", "other"))).isFalse();
    assertThat(through).isNotDone();
  }

  @Test
  void aResultOfAnotherPipelineIsNotTheOneThatIsAwaited() {
    CompletableFuture<Boolean> through = await(announced("a.txt", "Dear all"));
    Message old = result("a.txt", "Dear all", "of an older prompt");
    old.setHeader("llmPipeline", "0123456789ab");

    assertThat(outstanding.accept(old)).isFalse();

    assertThat(through).isNotDone();
  }

  @Test
  void whoeverIsRefusedByAWorkerOfAnotherPipelineIsTold() {
    Exchange sent = announced("a.txt", "Dear all");
    CompletableFuture<Boolean> through = await(sent);
    Message refusal = result("a.txt", "Dear all", "refused");
    refusal.setHeader("llmRefusedBy", "0123456789ab");

    assertThat(outstanding.accept(refusal)).isTrue();

    assertThat(through).isDone();
    assertThat(sent.getException())
        .isInstanceOf(OtherPipelineException.class)
        .hasMessageContaining(PipelineVersion.of(context).text())
        .hasMessageContaining("that of a worker 0123456789ab");
  }

  @Test
  void whoeverHasEndedWaitsNoMore() {
    Exchange sent = announced("a.txt", "Dear all");

    UnitOfWorkHelper.doneSynchronizations(sent, sent.getExchangeExtension().handoverCompletions());

    assertThat(outstanding.accept(result("a.txt", "Dear all", "late"))).isFalse();
  }

  @Test
  void whoeverIsNotAnsweredInTimeFailsAlone() {
    context.getPropertiesComponent().addInitialProperty("distribute.answer-within", "1ms");
    Exchange sent = announced("a.txt", "Dear all");

    assertThat(await(sent)).succeedsWithin(Duration.ofSeconds(30));

    assertThat(sent.getException())
        .isInstanceOf(UnansweredException.class)
        .hasMessageStartingWith("No worker has answered within 1ms.");
  }

  @Test
  void theEndOfTheRouteLetsGoWhoWaits() {
    outstanding.start();
    Exchange sent = announced("a.txt", "Dear all");
    CompletableFuture<Boolean> through = await(sent);

    outstanding.stop();

    assertThat(through).isDone();
    assertThat(sent.getException()).isInstanceOf(CancellationException.class);
  }

  private Exchange announced(String document, String text) {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody(text);
    DocumentStages.begin(exchange, document).hasText(text);
    outstanding.announce(exchange);
    return exchange;
  }

  private CompletableFuture<Boolean> await(Exchange exchange) {
    CompletableFuture<Boolean> through = new CompletableFuture<>();
    outstanding.process(exchange, through::complete);
    return through;
  }

  /** What a worker sends, who has read the same document. */
  private Message result(String document, String text, String body) {
    Exchange exchange = new DefaultExchange(context);
    Message message = exchange.getMessage();
    message.setBody(body);
    message.setHeader("llmDocument", document);
    message.setHeader("llmContent", contentHash(exchange, document, text));
    message.setHeader("llmPipeline", PipelineVersion.of(context).text());
    return message;
  }

  private static String contentHash(Exchange exchange, String document, String text) {
    DocumentStages stages = DocumentStages.begin(exchange, document);
    stages.hasText(text);
    return String.valueOf(stages.contentHash());
  }
}
