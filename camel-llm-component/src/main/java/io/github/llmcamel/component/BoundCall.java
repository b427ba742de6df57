/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.ModelCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The call that a message asks for, and how many answers it is to be answered with.
 *
 * @param promptVersion null if there is none, or a header has put another prompt in its place
 * @param cancelWhen ends the call when it completes; null if nothing outside of the route does
 */
record BoundCall(
    ModelCall call,
    Amount amount,
    @Nullable String promptVersion,
    @Nullable CompletableFuture<?> cancelWhen) {

  /** A list of texts is answered by a list of vectors, also where it holds but one. */
  enum Amount {
    ONE,
    MANY
  }

  BoundCall(ModelCall call, Amount amount) {
    this(call, amount, null, null);
  }

  static BoundCall one(ModelCall call) {
    return new BoundCall(call, Amount.ONE);
  }

  BoundCall prompted(@Nullable String version) {
    return new BoundCall(call, amount, version, cancelWhen);
  }

  BoundCall cancelledBy(@Nullable CompletableFuture<?> signal) {
    return new BoundCall(call, amount, promptVersion, signal);
  }

  /** Who is to hear of the call: {@code listener}, behind what may end the call. */
  CallListener heardBy(CallListener listener) {
    return cancelWhen == null ? listener : CancelSignal.around(listener, cancelWhen);
  }
}
