/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.observe;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells several observers, and keeps what one throws away from the others and from the call: errors
 * too, since a call that is not told what comes next never ends.
 */
final class SafeObserver implements CallObserver {

  private static final Logger LOG = LoggerFactory.getLogger(SafeObserver.class);
  private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

  private final List<CallObserver> observers;

  SafeObserver(List<CallObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public CallObservation start(Call call) {
    List<CallObservation> observations = new ArrayList<>(observers.size());
    for (CallObserver observer : observers) {
      try {
        observations.add(observer.start(call));
      } catch (RuntimeException | Error e) {
        report(e);
      }
    }
    return observations.isEmpty() ? CallObservation.NONE : new SafeObservation(observations);
  }

  private static void report(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String origin = trace.length == 0 ? thrown.getClass().getName() : trace[0].toString();
    if (REPORTED.add(origin)) {
      LOG.warn(
          "A call observer failed; calls go on, but what it observes is incomplete. Further"
              + " failures at this place are not logged.",
          thrown);
    }
  }

  private record SafeObservation(List<CallObservation> observations) implements CallObservation {

    @Override
    public void send(String method, URI url, Runnable handOver) {
      sendWithin(observations.iterator(), method, url, handOver);
    }

    private static void sendWithin(
        Iterator<CallObservation> observations, String method, URI url, Runnable handOver) {
      if (!observations.hasNext()) {
        handOver.run();
        return;
      }
      CallObservation outer = observations.next();
      HandOver inner = new HandOver(() -> sendWithin(observations, method, url, handOver));
      try {
        outer.send(method, url, inner);
      } catch (RuntimeException | Error e) {
        report(e);
      }
      inner.run(); // Unless the observation has.
      inner.rethrow();
    }

    @Override
    public void headers(BiConsumer<String, String> setter) {
      tell(observation -> observation.headers(setter));
    }

    @Override
    public void sent() {
      tell(CallObservation::sent);
    }

    @Override
    public void head(int status) {
      tell(observation -> observation.head(status));
    }

    @Override
    public void event(ChatEvent event) {
      tell(observation -> observation.event(event));
    }

    @Override
    public void completed(ModelResponse response) {
      tell(observation -> observation.completed(response));
    }

    @Override
    public void failed(LlmException failure) {
      tell(observation -> observation.failed(failure));
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      tell(observation -> observation.cancelled(reason, partial));
    }

    private void tell(Consumer<CallObservation> signal) {
      for (CallObservation observation : observations) {
        try {
          signal.accept(observation);
        } catch (RuntimeException | Error e) {
          report(e);
        }
      }
    }
  }
}
