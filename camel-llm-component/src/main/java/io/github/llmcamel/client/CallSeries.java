/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.observe.CallObserver;
import java.time.Duration;

/**
 * One call after the other, to one ending: that of the last, or of the first that does not
 * complete. Each is observed and limited on its own.
 */
final class CallSeries implements CallListener {

  private final ModelClient client;
  private final ModelCall call;
  private final Parts parts;
  private final CallObserver observer;
  private final CallListener listener;
  private Duration duration = Duration.ZERO;

  CallSeries(
      ModelClient client,
      ModelCall call,
      Parts parts,
      CallObserver observer,
      CallListener listener) {
    this.client = client;
    this.call = call;
    this.parts = parts;
    this.observer = observer;
    this.listener = listener;
  }

  /** Makes the next call, or ends. */
  void goOn() {
    try {
      ModelRequest next = parts.next();
      if (next == null) {
        listener.ended(new Ending.Completed(parts.all(), timing()));
      } else {
        client.start(call.with(next), observer, this);
      }
    } catch (LlmException e) {
      listener.ended(new Ending.Failed(e, timing()));
    }
  }

  @Override
  public void starting(CallControl control) {
    listener.starting(control);
  }

  @Override
  public void ended(Ending ending) {
    duration = duration.plus(ending.timing().duration());
    if (ending instanceof Ending.Completed completed) {
      parts.add(completed.response());
      goOn();
    } else {
      listener.ended(ending);
    }
  }

  private CallTiming timing() {
    return new CallTiming(duration, null);
  }
}
