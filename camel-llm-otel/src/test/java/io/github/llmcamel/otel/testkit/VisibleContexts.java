/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.context.SettableContextStorageProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current context of each thread as OpenTelemetry does, but lets tests see those of other
 * threads.
 */
public final class VisibleContexts implements ContextStorage, AutoCloseable {

  private final ContextStorage usual = SettableContextStorageProvider.getContextStorage();
  private final Map<Thread, Context> current = new ConcurrentHashMap<>();
  private final Map<Thread, Context> first = new ConcurrentHashMap<>();

  /** Replaces what keeps contexts until it is closed. */
  public VisibleContexts() {
    SettableContextStorageProvider.setContextStorage(this);
  }

  /**
   * The names of the threads on which a context is current now.
   *
   * <p>Not the one with which a thread of Camel was born: camel-opentelemetry gives each the
   * context of who needed a new thread, and its pools hide it from their tasks.
   */
  public Set<String> threads() {
    return current.entrySet().stream()
        .filter(entry -> entry.getValue() != Context.root())
        .filter(entry -> !isFromBirth(entry.getKey(), entry.getValue()))
        .map(entry -> entry.getKey().getName())
        .collect(Collectors.toSet());
  }

  private boolean isFromBirth(Thread thread, Context context) {
    return thread.getName().startsWith("Camel (") && context == first.get(thread);
  }

  @Override
  public Scope attach(Context toAttach) {
    Thread thread = Thread.currentThread();
    first.putIfAbsent(thread, toAttach);
    Context before = current();
    if (toAttach == before) {
      return Scope.noop();
    }
    current.put(thread, toAttach);
    return () -> detach(toAttach, before);
  }

  /** As OpenTelemetry does it: a scope that is not the current one changes nothing. */
  private void detach(Context attached, @Nullable Context before) {
    Thread thread = Thread.currentThread();
    if (current() != attached) {
      return;
    }
    if (before == null) {
      current.remove(thread);
    } else {
      current.put(thread, before);
    }
  }

  @Override
  public @Nullable Context current() {
    return current.get(Thread.currentThread());
  }

  @Override
  public void close() {
    SettableContextStorageProvider.setContextStorage(usual);
  }
}
