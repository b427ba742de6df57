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
   * @param variable that has the answer; null if the message has it
   */
  LedgerEntry ended(Exchange exchange, @Nullable String variable) {
    Answer answer = new Answer(exchange, variable);
    Exception failure = exchange.getException();
    String model =
        failure == null ? answer.header(LlmConstants.RESPONSE_MODEL, String.class) : null;
    return new LedgerEntry(
        document.document(),
        stage,
        part,
        new Question(
            document.contentHash(),
            request.sha256(),
            promptVersion,
            model == null ? request.model() : model),
        failure == null ? State.DONE : State.FAILED,
        number,
        begun,
        failure == null ? answer.spent() : spentInVain(exchange, failure),
        failure == null ? answer.header(LlmConstants.FINISH_REASON, String.class) : null,
        exchange.getProperty(LlmTelemetry.TRACE_ID, String.class),
        failure == null ? null : reason(failure),
        failure == null ? answer.text() : null);
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

  /** An answer where the node has left it. */
  private record Answer(Exchange exchange, @Nullable String variable) {

    @Nullable String text() {
      Object answer =
          variable == null ? exchange.getMessage().getBody() : exchange.getVariable(variable);
      return answer instanceof String text ? text : null;
    }

    Spending spent() {
      Duration duration = header(LlmConstants.DURATION, Duration.class);
      Duration firstToken = header(LlmConstants.TIME_TO_FIRST_TOKEN, Duration.class);
      return new Spending(
          header(LlmConstants.INPUT_TOKENS, Long.class),
          header(LlmConstants.OUTPUT_TOKENS, Long.class),
          header(LlmConstants.COST, BigDecimal.class),
          header(LlmConstants.COST_CURRENCY, String.class),
          duration == null ? 0 : seconds(duration),
          firstToken == null ? null : seconds(firstToken));
    }

    /** Camel keeps the headers of an answer in a variable as variables beside it. */
    <T> @Nullable T header(String name, Class<T> type) {
      return variable == null
          ? exchange.getMessage().getHeader(name, type)
          : exchange.getVariable("header:" + variable + "." + name, type);
    }

    private static double seconds(Duration duration) {
      return duration.toMillis() / 1000.0;
    }
  }
}
