/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** How an exchange goes on that waits for something and occupies no thread meanwhile. */
public final class Continuation {

  private Continuation() {}

  /** What is done with what was awaited. */
  @FunctionalInterface
  public interface Step<T> {
    void take(T value) throws Exception;
  }

  /**
   * Goes on once {@code awaited} is done, whatever comes: what it fails with, or the step throws,
   * is the failure of the exchange.
   *
   * @param pool on which the exchange goes on
   * @param callback is told once
   * @return false, as an {@link org.apache.camel.AsyncProcessor} does that goes on later
   */
  public static <T> boolean await(
      CompletableFuture<T> awaited,
      Executor pool,
      Exchange exchange,
      AsyncCallback callback,
      Step<T> step) {
    var unused =
        awaited.whenCompleteAsync(
            (value, failure) -> {
              try {
                if (failure == null) {
                  step.take(value);
                } else {
                  exchange.setException(reason(failure));
                }
              } catch (Exception | Error e) {
                exchange.setException(e);
              } finally {
                callback.done(false);
              }
            },
            pool);
    return false;
  }

  /** A future that follows another one has the failure of that one wrapped. */
  private static Throwable reason(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
