/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmEndpoint;
import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** A node of a route that asks a model about a document, unless the answer is known. */
final class Stage extends DelegateAsyncProcessor {

  private final LlmEndpoint endpoint;
  private final String name;
  private final @Nullable String variable;
  private final StageInterceptor shared;

  /**
   * @param node asks the model
   * @param variable that takes the answer; null if the message does
   */
  Stage(
      Processor node,
      LlmEndpoint endpoint,
      String name,
      @Nullable String variable,
      StageInterceptor shared) {
    super(node);
    this.endpoint = endpoint;
    this.name = name;
    this.variable = variable;
    this.shared = shared;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    DocumentStages document = DocumentStages.of(exchange);
    if (document == null) {
      return super.process(exchange, callback);
    }
    Visit visit;
    try {
      visit = new Visit(exchange, callback, document, endpoint.preview(exchange));
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    visit.goOnWith(shared.memory().find(document.document(), name, visit.part), visit::decide);
    return false;
  }

  /** What of a step is to be done once something is known of the database. */
  @FunctionalInterface
  private interface Step<T> {
    void take(T value) throws Exception;
  }

  /** One exchange at this stage. Each step either goes on to the next one, or calls back. */
  private final class Visit {
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final DocumentStages document;
    private final RequestPreview request;
    private final String part;

    private Visit(
        Exchange exchange,
        AsyncCallback callback,
        DocumentStages document,
        RequestPreview request) {
      this.exchange = exchange;
      this.callback = callback;
      this.document = document;
      this.request = request;
      this.part = part(exchange);
    }

    private <T> void goOnWith(CompletableFuture<T> known, Step<T> step) {
      var unused =
          known.whenCompleteAsync(
              (value, failure) -> {
                try {
                  if (failure != null) {
                    throw failure instanceof Exception e ? e : new IllegalStateException(failure);
                  }
                  step.take(value);
                } catch (Exception e) {
                  exchange.setException(e);
                  callback.done(false);
                }
              },
              shared.pool());
    }

    private void decide(Optional<LedgerEntry> known) throws Exception {
      LedgerEntry entry = known.orElse(null);
      if (entry == null || !entry.question().isSame(request.sha256())) {
        ask(0);
      } else if (entry.state() == State.DONE && entry.result() != null) {
        use(entry, entry.result());
      } else if (entry.state() == State.FAILED && !shared.retriesFailed()) {
        document.add(entry, true);
        throw new FailedBeforeException(entry);
      } else {
        ask(entry.attempts());
      }
    }

    private void use(LedgerEntry entry, String answer) {
      exchange.getMessage().setHeader(LlmConstants.FINISH_REASON, entry.finishReason());
      exchange.getMessage().setHeader(LlmConstants.RESPONSE_MODEL, entry.question().model());
      if (variable == null) {
        exchange.getMessage().setBody(answer);
      } else {
        ExchangeHelper.setVariable(exchange, variable, answer);
        ExchangeHelper.setVariable(
            exchange, header(LlmConstants.FINISH_REASON), entry.finishReason());
      }
      document.add(entry, true);
      callback.done(false);
    }

    private void ask(int earlier) throws BudgetSpentException {
      CallGate.Pass pass = shared.gate().enter(request);
      Attempt attempt =
          new Attempt(
              document,
              name,
              part,
              request,
              endpoint.getPromptVersion(),
              document.attempt(name + "#" + part, earlier));
      processor.process(
          exchange,
          doneSync -> {
            LedgerEntry entry = attempt.ended(exchange, variable);
            pass.leave(entry.spent(), exchange.getException());
            document.add(entry, false);
            if (entry.state() == State.DONE) {
              goOnWith(shared.memory().record(List.of(entry)), this::recorded);
            } else {
              callback.done(false);
            }
          });
    }

    private void recorded(List<LedgerEntry> entries) {
      document.forget(entries);
      callback.done(false);
    }

    private String header(String header) {
      return "header:" + variable + "." + header;
    }
  }

  /** Which of the pieces that a splitter or a loop makes; empty outside of them. */
  private static String part(Exchange exchange) {
    Integer round = exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class);
    Integer piece = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
    if (round == null) {
      return piece == null ? "" : piece.toString();
    }
    return piece == null ? "round " + round : round + "." + piece;
  }
}
