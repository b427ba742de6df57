/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws away from the call. */
final class SafeObserver implements CallObserver {

  private static final Logger LOG = LoggerFactory.getLogger(SafeObserver.class);

  private final CallObserver observer;
  private final AtomicBoolean warned = new AtomicBoolean();

  SafeObserver(CallObserver observer) {
    this.observer = observer;
  }

  @Override
  public CallObservation start(Call call) {
    try {
      return new Safe(observer.start(call));
    } catch (RuntimeException | LinkageError e) {
      warn(e);
      return CallObservation.NONE;
    }
  }

  private void warn(Throwable thrown) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "The call observer {} failed; calls go on, but what it observes is incomplete. Further"
              + " failures of it are not logged.",
          observer.getClass().getName(),
          thrown);
    }
  }

  private final class Safe implements CallObservation {
    private final CallObservation observation;

    private Safe(CallObservation observation) {
      this.observation = observation;
    }

    @Override
    public void headers(BiConsumer<String, String> setter) {
      guard(() -> observation.headers(setter));
    }

    @Override
    public void sent() {
      guard(observation::sent);
    }

    @Override
    public void head(int status) {
      guard(() -> observation.head(status));
    }

    @Override
    public void event(ChatEvent event) {
      guard(() -> observation.event(event));
    }

    @Override
    public void completed(ChatResponse response) {
      guard(() -> observation.completed(response));
    }

    @Override
    public void failed(LlmException failure) {
      guard(() -> observation.failed(failure));
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      guard(() -> observation.cancelled(reason, partial));
    }

    private void guard(Runnable signal) {
      try {
        signal.run();
      } catch (RuntimeException | LinkageError e) {
        warn(e);
      }
    }
  }
}
