/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Remembers the signals of every call as words, such as {@code [start, headers, sent, head 200,
 * event TextDelta, completed]}, and fails when two overlap or one comes after the end.
 */
public final class RecordingObserver implements CallObserver {

  private final List<Recording> recordings = new CopyOnWriteArrayList<>();

  @Override
  public CallObservation start(Call call) {
    Recording recording = new Recording(call);
    recordings.add(recording);
    return recording;
  }

  /** All calls so far, in the order they started. */
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  /** The one call there has been. */
  public Recording only() {
    if (recordings.size() != 1) {
      throw new AssertionError("expected one call, saw " + recordings.size());
    }
    return recordings.get(0);
  }

  /** What was heard of one call. */
  public static final class Recording implements CallObservation {
    private final Call call;
    private final List<String> signals = new CopyOnWriteArrayList<>(List.of("start"));
    private final List<ChatEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();

    private Recording(Call call) {
      this.call = call;
    }

    /** What was about to be sent. */
    public Call call() {
      return call;
    }

    /** The conversation that was about to be sent. */
    public ChatRequest chat() {
      return (ChatRequest) call.request();
    }

    /** The signals as words. */
    public List<String> signals() {
      return List.copyOf(signals);
    }

    /** The events. */
    public List<ChatEvent> events() {
      return List.copyOf(events);
    }

    @Override
    public void headers(BiConsumer<String, String> setter) {
      hear("headers");
    }

    @Override
    public void sent() {
      hear("sent");
    }

    @Override
    public void head(int status) {
      hear("head " + status);
    }

    @Override
    public void event(ChatEvent event) {
      events.add(event);
      hear("event " + event.getClass().getSimpleName());
    }

    @Override
    public void completed(ModelResponse response) {
      hear("completed");
    }

    @Override
    public void failed(LlmException failure) {
      hear("failed " + failure.getClass().getSimpleName());
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      hear("cancelled " + reason);
    }

    private void hear(String signal) {
      if (inside.getAndIncrement() != 0) {
        signals.add("OVERLAP " + signal);
      } else if (signals.stream().anyMatch(RecordingObserver::isEnding)) {
        signals.add("AFTER THE END " + signal);
      } else {
        signals.add(signal);
      }
      inside.decrementAndGet();
    }
  }

  private static boolean isEnding(String signal) {
    return signal.equals("completed")
        || signal.startsWith("failed")
        || signal.startsWith("cancelled");
  }
}
