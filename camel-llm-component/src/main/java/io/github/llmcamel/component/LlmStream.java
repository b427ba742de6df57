/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallListener;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.client.EventBuffer;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.price.PriceTable;
import java.io.Closeable;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer while it is being written: the body after a call with {@code streamMode=live}.
 *
 * <p>Read it once, in one of three ways: as an iterator, which waits for the model on the thread
 * that reads ({@code split(body()).streaming()} does); with {@link #asPublisher()} or {@link
 * #elements()}, which occupy no thread; or, converted to an {@code InputStream}, as OpenAI's
 * server-sent events. A second reader fails. Give a multicast or a wire tap a whole answer instead.
 *
 * <p>While nobody reads, the server is slowed down; after {@code consumerTimeout} the call is
 * abandoned. {@link #close()} ends the call and closes its connection at once. Camel closes the
 * stream when the exchange completes, and reading it then fails, unless it is still the body and
 * somebody gets that: the caller of an in-out exchange, who has to close it, or the exchange that
 * this one was split from. A subscriber owns it in any case.
 *
 * <p>Thread-safe, for one reader at a time. Its {@code toString} reads nothing and shows no
 * content.
 *
 * @param <T> by {@code outputFormat}: {@code String} pieces of the first choice's text, {@link
 *     ChatEvent}s, or the JSON text of OpenAI's chunks
 */
public final class LlmStream<T> implements Iterator<T>, Closeable {

  private enum Reader {
    AN_ITERATOR,
    A_SUBSCRIBER,
    AN_INPUT_STREAM
  }

  private final String provider;
  private final String requestModel;
  private final Function<ChatEvent, @Nullable T> format;
  private final Supplier<@Nullable T> last;
  private final Executor publishers;
  private final PriceTable prices;
  private final EventBuffer events = new EventBuffer(this::arrived);
  private final AtomicReference<@Nullable Reader> reader = new AtomicReference<>();
  private final AtomicBoolean beingRead = new AtomicBoolean();
  private volatile @Nullable Thread waiting;
  private volatile @Nullable StreamSubscription<?> subscription;
  private volatile boolean closed;
  private volatile boolean closedWithExchange;
  private volatile boolean endReported;
  private @Nullable T next;

  /**
   * @param requestModel the model that was asked for
   * @param format turns an event into an element; null for an event that is none
   * @param last gives the elements that are left at the end of a complete answer, then null
   * @param publishers runs subscribers
   * @param prices what models cost
   */
  LlmStream(
      String provider,
      String requestModel,
      Function<ChatEvent, @Nullable T> format,
      Supplier<@Nullable T> last,
      Executor publishers,
      PriceTable prices) {
    this.provider = provider;
    this.requestModel = requestModel;
    this.format = format;
    this.last = last;
    this.publishers = publishers;
    this.prices = prices;
  }

  /**
   * Whether there is another element; waits for it.
   *
   * <p>If the call failed it throws the {@link LlmException} itself, though an iterator cannot
   * declare it: that is what {@code onException} and {@code ${exception}} want to see.
   *
   * @throws CancellationException if the Camel context stopped, or the stream was abandoned, or
   *     closed before all of it was read
   * @throws IllegalStateException if somebody else reads, or has read, this stream
   */
  @Override
  public boolean hasNext() {
    claim(Reader.AN_ITERATOR);
    try {
      while (next == null || closed) {
        ChatEvent event = nextEvent();
        if (event == null) {
          next = last.get();
          break;
        }
        next = format.apply(event);
      }
      return next != null;
    } catch (LlmException failure) {
      throw LlmStream.<RuntimeException>undeclared(failure);
    }
  }

  /** The next element; fails as {@link #hasNext()} does. */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The answer of " + provider + " has ended.");
    }
    T element = Objects.requireNonNull(next);
    next = null;
    return element;
  }

  /**
   * The events for one subscriber, in order, whatever {@code outputFormat} says. It gets them on a
   * thread of a small pool and must not block. A failed call ends with the {@link LlmException}
   * itself; cancelling closes the stream.
   */
  public Flow.Publisher<ChatEvent> asPublisher() {
    return publisher(event -> event, () -> null);
  }

  /** What the iterator would give, for one subscriber; otherwise as {@link #asPublisher()}. */
  public Flow.Publisher<T> elements() {
    return publisher(format, last);
  }

  /** The whole answer, with its token counts; null while it has not ended. */
  public @Nullable ChatResponse getResponse() {
    Ending ending = events.ending();
    if (ending instanceof Ending.Completed completed) {
      return (ChatResponse) completed.response();
    }
    if (ending instanceof Ending.Failed failed) {
      return failed.failure().getPartialResponse();
    }
    return ending instanceof Ending.Cancelled cancelled ? cancelled.partial() : null;
  }

  /**
   * What the answer costs; null while it has not ended, if its model has no price, or if the
   * provider has not counted the tokens.
   */
  public @Nullable Cost getCost() {
    ChatResponse response = getResponse();
    return response == null ? null : prices.cost(provider, requestModel, response);
  }

  /** From sending to the first token; null while the answer has not ended, or if it had none. */
  public @Nullable Duration getTimeToFirstToken() {
    Ending ending = events.ending();
    return ending == null ? null : ending.timing().timeToFirstToken();
  }

  /** How long the call took in all; null while the answer has not ended. */
  public @Nullable Duration getDuration() {
    Ending ending = events.ending();
    return ending == null ? null : ending.timing().duration();
  }

  /** Ends the call, unless it has ended, and closes its connection. Any thread, any time. */
  @Override
  public void close() {
    closed = true;
    events.cancel(Cancellation.CLOSED_BY_CONSUMER);
    arrived();
  }

  @Override
  public String toString() {
    return "LlmStream[%s]".formatted(provider);
  }

  /** As {@link #close()}; whoever still reads is told that it comes too late. */
  void closeWithExchange() {
    closedWithExchange = true;
    close();
  }

  String requestModel() {
    return requestModel;
  }

  /** Where the call is to leave its events. */
  CallListener sink() {
    return events;
  }

  boolean hasSubscriber() {
    return subscription != null;
  }

  /** Makes an input stream the one reader. */
  void claimForInputStream() {
    if (!reader.compareAndSet(null, Reader.AN_INPUT_STREAM)) {
      throw secondReader();
    }
  }

  /**
   * Waits for the next event; null at the end.
   *
   * @throws LlmException if the call failed
   */
  @Nullable ChatEvent nextEvent() throws LlmException {
    if (!beingRead.compareAndSet(false, true)) {
      throw secondReader();
    }
    // Set before anything is looked at: what arrives from now on wakes this thread up.
    waiting = Thread.currentThread();
    try {
      while (!closed) {
        ChatEvent event = events.poll();
        if (event != null) {
          return event;
        }
        Ending ending = events.drainedEnding();
        if (ending != null) {
          Endings.throwIfNotCompleted(ending);
          endReported = true;
          return null;
        }
        LockSupport.park(this);
        if (Thread.currentThread().isInterrupted()) {
          close();
          throw new RuntimeCamelException(new InterruptedException("Reading was interrupted."));
        }
      }
      throw closed();
    } finally {
      waiting = null;
      beingRead.set(false);
    }
  }

  /**
   * Why a closed stream cannot be read. It must not look like one that has ended: whoever repeats a
   * step that failed would take a part of the answer for all of it.
   */
  private RuntimeException closed() throws LlmException {
    if (events.ending() instanceof Ending.Failed failed) {
      throw failed.failure();
    }
    if (endReported) {
      return secondReader();
    }
    return closedWithExchange
        ? new IllegalStateException(
            "This stream was closed when its exchange completed. Read it in the route, subscribe to"
                + " it there, or use streamMode=aggregate.")
        : new CancellationException("The stream was closed before all of it was read.");
  }

  private <E> Flow.Publisher<E> publisher(
      Function<ChatEvent, @Nullable E> formatOfElement, Supplier<@Nullable E> lastElement) {
    return subscriber -> {
      Objects.requireNonNull(subscriber, "subscriber");
      StreamSubscription<E> created =
          new StreamSubscription<>(
              this, events, formatOfElement, lastElement, subscriber, publishers);
      if (reader.compareAndSet(null, Reader.A_SUBSCRIBER)) {
        subscription = created;
        created.start();
      } else {
        created.refuse(secondReader());
      }
    };
  }

  private void claim(Reader who) {
    if (reader.get() != who && !reader.compareAndSet(null, who)) {
      throw secondReader();
    }
  }

  // The cast is the trick: nothing checks it at run time.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(LlmException failure) throws E {
    throw (E) failure;
  }

  private IllegalStateException secondReader() {
    return new IllegalStateException(
        "This stream can be read once, and %s reads it or has read it. Use streamMode=aggregate in"
                .formatted(String.valueOf(reader.get()).toLowerCase(Locale.ROOT).replace('_', ' '))
            + " front of a multicast, a wire tap or a second step that reads the body.");
  }

  private void arrived() {
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
    StreamSubscription<?> subscribed = subscription;
    if (subscribed != null) {
      subscribed.arrived();
    }
  }
}
