/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Question;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.otel.LlmTelemetry;
import io.github.llmcamel.price.Cost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One time that a model is asked; begins when it is made. */
final class Attempt {

  private final DocumentStages document;
  private final String stage;
  private final String part;
  private final RequestPreview request;
  private final @Nullable String promptVersion;
  private final int number;
  private final Instant begun = Instant.now();
  private final long start = System.nanoTime();

  Attempt(
      DocumentStages document,
      String stage,
      String part,
      RequestPreview request,
      @Nullable String promptVersion,
      int number) {
    this.document = document;
    this.stage = stage;
    this.part = part;
    this.request = request;
    this.promptVersion = promptVersion;
    this.number = number;
  }

  /**
   * What became of it.
   *
   * @param variables of the node that asked
   */
  LedgerEntry ended(Exchange exchange, Variables variables) {
    Exception failure = exchange.getException();
    return failure == null ? answered(exchange, variables) : failed(exchange, failure);
  }

  private LedgerEntry answered(Exchange exchange, Variables variables) {
    return entry(
        exchange,
        variables.header(exchange, LlmConstants.RESPONSE_MODEL, String.class),
        State.DONE,
        spent(exchange, variables),
        variables.header(exchange, LlmConstants.FINISH_REASON, String.class),
        null,
        variables.answer(exchange));
  }

  private LedgerEntry failed(Exchange exchange, Exception failure) {
    return entry(
        exchange, null, State.FAILED, spentInVain(exchange, failure), null, reason(failure), null);
  }

  private LedgerEntry entry(
      Exchange exchange,
      @Nullable String model,
      State state,
      Spending spent,
      @Nullable String finishReason,
      @Nullable String error,
      @Nullable String result) {
    return new LedgerEntry(
        document.document(),
        stage,
        part,
        new Question(
            document.contentHash(),
            request.sha256(),
            promptVersion,
            model == null ? request.model() : model),
        state,
        number,
        begun,
        spent,
        finishReason,
        exchange.getProperty(LlmTelemetry.TRACE_ID, String.class),
        error,
        result);
  }

  /** What had been received before the failure is paid for as well. */
  private Spending spentInVain(Exchange exchange, Exception failure) {
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!(failure instanceof LlmException ofModel) || ofModel.getPartialResponse() == null) {
      return Spending.time(seconds);
    }
    ChatResponse received = ofModel.getPartialResponse();
    Cost cost =
        exchange
            .getContext()
            .getComponent("llm", LlmComponent.class)
            .prices()
            .cost(request.provider(), request.model(), received);
    return new Spending(
        received.usage().inputTokens(),
        received.usage().outputTokens(),
        cost == null ? null : cost.amount(),
        cost == null ? null : cost.currency().getCurrencyCode(),
        seconds,
        null);
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static Spending spent(Exchange exchange, Variables variables) {
    Duration duration = variables.header(exchange, LlmConstants.DURATION, Duration.class);
    Duration firstToken =
        variables.header(exchange, LlmConstants.TIME_TO_FIRST_TOKEN, Duration.class);
    return new Spending(
        variables.header(exchange, LlmConstants.INPUT_TOKENS, Long.class),
        variables.header(exchange, LlmConstants.OUTPUT_TOKENS, Long.class),
        variables.header(exchange, LlmConstants.COST, BigDecimal.class),
        variables.header(exchange, LlmConstants.COST_CURRENCY, String.class),
        duration == null ? 0 : seconds(duration),
        firstToken == null ? null : seconds(firstToken));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
