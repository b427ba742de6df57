/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallControl;
import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.observe.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call, or a series of them, when somebody outside of the route wants no answer any more.
 */
final class CancelSignal implements CallListener {

  private final CompletableFuture<?> signal;
  private final CallListener listener;
  private final CompletableFuture<?> over = new CompletableFuture<>();
  private volatile @Nullable CallControl control;

  private CancelSignal(CompletableFuture<?> signal, CallListener listener) {
    this.signal = signal;
    this.listener = listener;
  }

  /**
   * The signal that an exchange brings; null if it brings none.
   *
   * @throws IllegalArgumentException if the property is something else
   */
  static @Nullable CompletableFuture<?> read(Exchange exchange) {
    Object value = exchange.getProperty(LlmProperties.CANCEL_WHEN);
    if (value == null) {
      return null;
    }
    if (value instanceof CompletionStage<?> stage) {
      return stage.toCompletableFuture();
    }
    throw new IllegalArgumentException(
        "The exchange property %s is a %s; make it a java.util.concurrent.CompletionStage."
            .formatted(LlmProperties.CANCEL_WHEN, value.getClass().getName()));
  }

  /** The same listener, of a call that {@code signal} ends when it completes. */
  static CallListener around(CallListener listener, CompletableFuture<?> signal) {
    CancelSignal created = new CancelSignal(signal, listener);
    // Not signal.whenComplete: a signal that outlives many calls would keep all of them.
    CompletableFuture<?> unused =
        CompletableFuture.anyOf(signal, created.over)
            .whenComplete((value, failure) -> created.cancel());
    return created;
  }

  @Override
  public void starting(CallControl started) {
    listener.starting(started);
    control = started;
    // Looked at after that: it may have come before there was anything to cancel.
    if (signal.isDone()) {
      cancel();
    }
  }

  @Override
  public boolean event(ChatEvent event) {
    return listener.event(event);
  }

  @Override
  public void ended(Ending ending) {
    control = null;
    over.complete(null);
    listener.ended(ending);
  }

  private void cancel() {
    CallControl running = control;
    if (running != null) {
      running.cancel(Cancellation.CLOSED_BY_CONSUMER);
    }
  }
}
