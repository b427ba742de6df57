/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.pipelines.BadAnswerException;
import io.github.llmcamel.model.FinishReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One exchange at a stage. Each step either leads to the next one, or ends the visit. Whatever goes
 * wrong fails the exchange: it must neither hang nor go on twice.
 */
final class Visit {

  private final Stage stage;
  private final DocumentStages document;
  private final RequestPreview request;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private final Variables variables;
  private final StageInterceptor shared;
  private final String part;
  private final AtomicReference<CallGate.@Nullable Pass> pass = new AtomicReference<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param request what the stage would ask
   * @param callback is told once when the exchange may go on
   */
  Visit(
      Stage stage,
      DocumentStages document,
      RequestPreview request,
      Exchange exchange,
      AsyncCallback callback) {
    this.stage = stage;
    this.document = document;
    this.request = request;
    this.exchange = exchange;
    this.callback = callback;
    this.variables = stage.variables();
    this.shared = stage.shared();
    this.part = Block.partOf(exchange);
  }

  /** Returns at once. */
  void begin() {
    guard(() -> await(known(), this::decide));
  }

  private CompletableFuture<Optional<LedgerEntry>> known() {
    Optional<LedgerEntry> own = document.answer(stage.name(), part, request.sha256());
    return own.isPresent()
        ? CompletableFuture.completedFuture(own)
        : shared.memory().find(document.document(), stage.name(), part);
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
      throw blaming(entry, new FailedBeforeException(entry));
    } else {
      ask(entry.attempts());
    }
  }

  /** Leaves the answer where a call would. */
  private void use(LedgerEntry entry, String answer) throws BadAnswerException {
    variables.setAnswer(exchange, answer);
    variables.setHeader(exchange, LlmConstants.PROVIDER, request.provider());
    variables.setHeader(exchange, LlmConstants.FINISH_REASON, entry.finishReason());
    variables.setHeader(exchange, LlmConstants.RESPONSE_MODEL, entry.question().model());
    document.add(entry, true);
    endWith(entry);
  }

  /** It is known from now on, and may be of no use. */
  private void endWith(LedgerEntry answered) throws BadAnswerException {
    if (isBlank(answered)) {
      throw blaming(
          answered,
          new BadAnswerException(
              "The model was asked at the stage %s and said nothing".formatted(stage.name())
                  + (answered.finishReason() == null
                      ? "."
                      : "; it ended with %s.".formatted(answered.finishReason()))));
    }
    end();
  }

  /** A model that calls a tool says nothing beside it. */
  private static boolean isBlank(LedgerEntry answered) {
    return answered.result() != null
        && answered.result().isBlank()
        && !FinishReason.TOOL_CALLS.word().equals(answered.finishReason());
  }

  private <E extends Exception> E blaming(LedgerEntry entry, E failure) {
    document.blame(entry, failure);
    return failure;
  }

  private void ask(int earlier) {
    await(shared.calls().enter(request).thenAccept(pass::set), entered -> send(earlier));
  }

  private void send(int earlier) {
    Attempt attempt =
        new Attempt(
            document,
            stage.name(),
            part,
            request,
            stage.promptVersion(),
            document.attempt(LedgerEntry.key(stage.name(), part), earlier));
    stage.ask(exchange, doneSync -> guard(() -> answered(attempt)));
  }

  private void answered(Attempt attempt) {
    LedgerEntry entry = attempt.ended(exchange, variables);
    leave(entry.spent(), exchange.getException());
    document.add(entry, false);
    if (entry.state() == State.DONE) {
      await(
          shared.memory().record(List.of(entry)),
          kept -> {
            document.forget(kept);
            endWith(entry);
          });
    } else {
      document.blame(entry, exchange.getException());
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

  /** What of a step is to be done once something is known of the database. */
  @FunctionalInterface
  private interface Step<T> {
    void take(T value) throws Exception;
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }
}
