/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The output of a servlet that is written without blocking, as its specification and Jetty have it:
 * each operation has to be allowed by {@link #isReady} first, and once that has said no, nothing
 * happens until the listener is called. Half of the operations are taken at once.
 */
final class StrictOutput extends ServletOutputStream {

  private enum State {
    /** Nothing is allowed before it is asked for. */
    UNASKED,
    READY,
    /** The client has still to take the last operation. */
    PENDING,
    /** The same, and the listener waits for it. */
    AWAITED
  }

  private final Executor network;
  private final Executor callbacks;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private @Nullable WriteListener listener;
  private State state = State.READY;
  private @Nullable Exception failure;

  /**
   * @param network takes bytes
   * @param callbacks calls the listener; one thread, as the servlet's specification wants it
   */
  StrictOutput(Executor network, Executor callbacks) {
    this.network = network;
    this.callbacks = callbacks;
  }

  /** The next operation fails. */
  synchronized void failWith(Exception next) {
    failure = next;
  }

  /** What the client has, as text. */
  synchronized String text() {
    return taken.toString(StandardCharsets.UTF_8);
  }

  /** A response that has this output, and nothing else. */
  HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            HttpServletResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? this : null);
  }

  @Override
  public void setWriteListener(WriteListener given) {
    synchronized (this) {
      listener = given;
    }
    callbacks.execute(this::callListener);
  }

  @Override
  public synchronized boolean isReady() {
    state =
        switch (state) {
          case UNASKED, READY -> State.READY;
          case PENDING, AWAITED -> State.AWAITED;
        };
    return state == State.READY;
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) throws IOException {
    begin();
    taken.write(bytes, from, count);
  }

  @Override
  public void write(int one) {
    throw new UnsupportedOperationException("one byte at a time");
  }

  @Override
  public synchronized void flush() throws IOException {
    begin();
  }

  private void begin() throws IOException {
    if (state != State.READY) {
      throw new IllegalStateException("isReady() has not allowed it: " + state);
    }
    if (failure instanceof IOException broken) {
      throw broken;
    } else if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    boolean isTakenAtOnce = ThreadLocalRandom.current().nextBoolean();
    state = isTakenAtOnce ? State.UNASKED : State.PENDING;
    if (!isTakenAtOnce) {
      network.execute(this::taken);
    }
  }

  private void taken() {
    boolean isAwaited;
    synchronized (this) {
      isAwaited = state == State.AWAITED;
      state = isAwaited ? State.READY : State.UNASKED;
    }
    if (isAwaited) {
      callbacks.execute(this::callListener);
    }
  }

  private void callListener() {
    WriteListener called;
    synchronized (this) {
      called = requireNonNull(listener);
    }
    try {
      called.onWritePossible();
    } catch (IOException | RuntimeException e) {
      called.onError(e);
    }
  }
}
