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
import io.github.llmcamel.examples.ledger.Spending;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
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
    document.enterStage();
    Visit visit;
    try {
      visit = new Visit(exchange, callback, document, endpoint.preview(exchange));
    } catch (LlmException | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    visit.begin();
    return false;
  }

  /** What of a step is to be done once something is known of the database. */
  @FunctionalInterface
  private interface Step<T> {
    void take(T value) throws Exception;
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  /**
   * One exchange at this stage. Each step either leads to the next one, or ends the visit. Whatever
   * goes wrong fails the exchange: it must neither hang nor go on twice.
   */
  private final class Visit {
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final DocumentStages document;
    private final RequestPreview request;
    private final String part;
    private final AtomicReference<CallGate.@Nullable Pass> pass = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private Visit(
        Exchange exchange,
        AsyncCallback callback,
        DocumentStages document,
        RequestPreview request) {
      this.exchange = exchange;
      this.callback = callback;
      this.document = document;
      this.request = request;
      this.part = Block.partOf(exchange);
    }

    private void begin() {
      guard(() -> await(shared.memory().find(document.document(), name, part), this::decide));
    }

    /** The rest of the route is not for a thread of the memory. */
    private <T> void await(CompletableFuture<T> known, Step<T> next) {
      var unused =
          known.whenComplete(
              (value, failure) ->
                  guard(() -> shared.pool().execute(() -> goOn(value, failure, next))));
    }

    private <T> void goOn(T value, @Nullable Throwable failure, Step<T> next) {
      if (failure == null) {
        guard(() -> next.take(value));
      } else {
        fail(
            failure instanceof CompletionException e && e.getCause() != null
                ? e.getCause()
                : failure);
      }
    }

    private void guard(Action action) {
      try {
        action.run();
      } catch (Exception | Error e) {
        fail(e);
      }
    }

    private void fail(Throwable failure) {
      try {
        leave(Spending.time(0), failure);
      } finally {
        if (over.compareAndSet(false, true)) {
          exchange.setException(failure);
          callback.done(false);
        }
      }
    }

    private void end() {
      if (over.compareAndSet(false, true)) {
        callback.done(false);
      }
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

    /** Leaves the answer where a call would. */
    private void use(LedgerEntry entry, String answer) {
      if (variable == null) {
        exchange.getMessage().setBody(answer);
        exchange.getMessage().setHeader(LlmConstants.PROVIDER, request.provider());
        exchange.getMessage().setHeader(LlmConstants.FINISH_REASON, entry.finishReason());
        exchange.getMessage().setHeader(LlmConstants.RESPONSE_MODEL, entry.question().model());
      } else {
        ExchangeHelper.setVariable(exchange, variable, answer);
        setHeader(variable, LlmConstants.PROVIDER, request.provider());
        setHeader(variable, LlmConstants.FINISH_REASON, entry.finishReason());
        setHeader(variable, LlmConstants.RESPONSE_MODEL, entry.question().model());
      }
      document.add(entry, true);
      end();
    }

    private void setHeader(String answer, String name, @Nullable String value) {
      ExchangeHelper.setVariable(exchange, "header:" + answer + "." + name, value);
    }

    private void ask(int earlier) {
      await(shared.calls().enter(request).thenAccept(pass::set), entered -> send(earlier));
    }

    private void send(int earlier) {
      Attempt attempt =
          new Attempt(
              document,
              name,
              part,
              request,
              endpoint.getPromptVersion(),
              document.attempt(name + "#" + part, earlier));
      processor.process(exchange, doneSync -> guard(() -> answered(attempt)));
    }

    private void answered(Attempt attempt) {
      LedgerEntry entry = attempt.ended(exchange, variable);
      leave(entry.spent(), exchange.getException());
      document.add(entry, false);
      if (entry.state() == State.DONE) {
        await(shared.memory().record(List.of(entry)), this::recorded);
      } else {
        end();
      }
    }

    /** Others may wait for it; does nothing if no pass is held. */
    private void leave(Spending spent, @Nullable Throwable failure) {
      CallGate.Pass held = pass.getAndSet(null);
      if (held != null) {
        held.leave(spent, failure);
      }
    }

    private void recorded(List<LedgerEntry> entries) {
      document.forget(entries);
      end();
    }
  }
}
