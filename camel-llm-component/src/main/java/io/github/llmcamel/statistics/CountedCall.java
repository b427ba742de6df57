/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.statistics;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts one call. Mutable, confined to one call. */
final class CountedCall implements CallObservation {

  private final Call call;
  private final CallCounters counters;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private boolean sent;
  private boolean spoke;
  private long sentAt;

  CountedCall(Call call, CallCounters counters, LongSupplier nanoTime) {
    this.call = call;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    counters.calls.increment();
    counters.queued.increment();
  }

  @Override
  public void sent() {
    sent = true;
    sentAt = nanoTime.getAsLong();
    counters.queued.decrement();
    counters.inFlight.increment();
  }

  @Override
  public void event(ChatEvent event) {
    if (!spoke && event.isContent()) {
      spoke = true;
      counters.firstTokens.add(nanoTime.getAsLong() - sentAt);
    }
  }

  @Override
  public void completed(ModelResponse response) {
    counters.durations.add(nanoTime.getAsLong() - startedAt);
    end(response);
  }

  @Override
  public void failed(LlmException failure) {
    counters.error(failure.getErrorType());
    end(failure.getPartialResponse());
  }

  @Override
  public void cancelled(Cancellation reason, ChatResponse partial) {
    counters.cancelled.increment();
    end(partial);
  }

  private void end(@Nullable ModelResponse received) {
    (sent ? counters.inFlight : counters.queued).decrement();
    if (received != null) {
      counters.tokens(received.usage().inputTokens(), received.usage().outputTokens());
      counters.cost(call.cost(received));
    }
  }
}
