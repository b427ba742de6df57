/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.CallTexts;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The life of one call: sent, head, body, and exactly one ending. Mutable, confined to one call;
 * everything that happens goes through its mailbox, so its fields need no lock.
 *
 * <p>What ends the call first wins. {@link #end} is the one way out: it stops the timers, closes
 * the exchange with the server unless that has ended by itself, tells the observation, gives its
 * place among the running calls away, and tells the listener.
 */
final class RunningCall implements ReplyHandler, Flow.Subscriber<ByteBuffer>, CallControl {

  private final ModelCall call;
  private final Operation operation;
  private final CallObservation observation;
  private final CallListener listener;
  private final CallTimers timers;
  private final Stopwatch stopwatch;
  private final Connection connection = new Connection();
  private final Mailbox mailbox = new Mailbox();

  private final int choices;
  private FailureFacts facts;
  private CallLimiter.@Nullable Turn turn;
  private @Nullable ReplyReader reader;
  private boolean wantsMore = true;
  private boolean paused;
  private boolean wentOn;
  private boolean ended;

  RunningCall(
      ModelCall call, CallObservation observation, CallListener listener, Clockwork clockwork) {
    this.call = call;
    this.operation = Operation.of(call);
    this.choices = operation.choices();
    this.observation = observation;
    this.listener = listener;
    this.timers = new CallTimers(clockwork, call.limits().timeouts(), () -> handle(this::onAlarm));
    this.stopwatch = new Stopwatch(clockwork);
    this.facts = FailureFacts.of(call.destination());
  }

  void start(Transport transport, CallLimiter limiter) {
    handle(() -> prepare(transport, limiter));
  }

  @Override
  public void cancel(Cancellation reason) {
    handle(() -> end(new Ending.Cancelled(reason, partial(), stopwatch.timing())));
  }

  @Override
  public void progress() {
    handle(
        () -> {
          if (paused) {
            timers.waitFor(TimeLimit.CONSUMER);
          }
        });
  }

  @Override
  public void resume() {
    handle(
        () -> {
          wantsMore = true;
          if (paused) {
            paused = false;
            timers.waitFor(TimeLimit.IDLE);
            connection.askForMore();
          }
        });
  }

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    handle(() -> readHead(status, headers));
    return this;
  }

  @Override
  public void onFailure(Throwable cause) {
    handle(
        () -> {
          connection.over();
          throw facts.connectionFailure("cannot be reached", cause);
        });
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    handle(() -> connection.opened(subscription));
  }

  @Override
  public void onNext(ByteBuffer slice) {
    handle(() -> readSlice(slice));
  }

  @Override
  public void onComplete() {
    handle(() -> readEnd(null));
  }

  @Override
  public void onError(Throwable cause) {
    handle(() -> readEnd(cause));
  }

  private void prepare(Transport transport, CallLimiter limiter) throws LlmException {
    if (ended) {
      return;
    }
    WireRequest request = operation.encode();
    DroppedParameters.report(request, call.destination());
    facts = facts.at(request.uri());
    timers.start();
    try {
      turn =
          limiter.enter(
              facts.server(), call.limits(), () -> handle(() -> send(transport, request)));
    } catch (RejectedExecutionException full) {
      throw facts.queueFull(call.limits());
    }
  }

  private void send(Transport transport, WireRequest request) {
    if (ended) {
      return;
    }
    observation.send(request.method(), facts.shownUri(), () -> handOver(transport, request));
    observation.sent();
  }

  private void handOver(Transport transport, WireRequest request) {
    Map<String, String> headers = RequestHeaders.of(request, call.destination());
    observation.headers(headers::put);
    Duration connectTimeout = call.limits().timeouts().connect();
    HttpCall http =
        new HttpCall(request.method(), request.uri(), headers, request.body(), connectTimeout);
    stopwatch.sent();
    timers.waitFor(TimeLimit.FIRST_BYTE);
    connection.sent(transport.send(http, this));
  }

  private void readHead(int status, Map<String, List<String>> headers) throws LlmException {
    if (ended) {
      return;
    }
    CallTexts texts = CallTexts.of(call.request(), this::received);
    facts = facts.with(status, headers, texts, call.reading().reasoning());
    observation.head(status);
    reader = ReplyReader.of(operation, facts, call.limits().maxResponseBytes(), this::readEvent);
    if (!reader.goesOnByEvents()) {
      timers.waitFor(TimeLimit.IDLE);
    }
  }

  private void readSlice(ByteBuffer slice) throws LlmException {
    if (ended) {
      if (!connection.drain(slice)) {
        close();
      }
      return;
    }
    ReplyReader current = reader();
    boolean wasFinished = current.isFinished();
    current.accept(slice);
    if (wasFinished && !current.isFinished()) {
      timers.goOn();
    }
    if (current.isTerminated()) {
      complete(current.end());
    } else if (isFinished(current) && (wantsMore || !wentOn)) {
      timers.waitFor(TimeLimit.FINISH);
    } else if (!wantsMore) {
      paused = true;
      timers.waitFor(TimeLimit.CONSUMER);
      return;
    } else if (!current.goesOnByEvents()) {
      timers.waitFor(TimeLimit.IDLE);
    }
    connection.askForMore();
  }

  private void readEvent(ChatEvent event) {
    if (event.isContent()) {
      stopwatch.token();
      wentOn |= reader().isFinished();
    }
    if (event.isContent() || event instanceof ChatEvent.Finished) {
      timers.goOn();
    } else {
      timers.waitFor(TimeLimit.IDLE);
    }
    observation.event(event);
    wantsMore = listener.event(event);
  }

  /** Whether only token counts may be missing: a choice that was asked for may begin late. */
  private boolean isFinished(ReplyReader current) {
    return current.isFinished() && (choices == 1 || partial().choices().size() >= choices);
  }

  private void readEnd(@Nullable Throwable cause) throws LlmException {
    connection.over();
    if (ended) {
      close();
    } else {
      complete(cause == null ? reader().end() : reader().broken(cause));
    }
  }

  private void onAlarm() throws LlmException {
    TimeLimit expired = timers.expired();
    if (expired == null) {
      return;
    }
    if (ended) {
      close();
    } else if (expired == TimeLimit.CONSUMER) {
      end(new Ending.Cancelled(Cancellation.ABANDONED, partial(), stopwatch.timing()));
    } else if (reader != null && reader.isFinished()) {
      complete(reader.end());
    } else {
      throw new LlmTimeoutException(
          facts.says(expired.message(call.limits().timeouts())), facts.failure(true), null);
    }
  }

  private void complete(ModelResponse response) {
    end(new Ending.Completed(response, stopwatch.timing()));
  }

  private void fail(LlmException failure) {
    ChatResponse partial = received();
    if (partial != null) {
      failure.initPartialResponse(partial);
    }
    end(new Ending.Failed(failure, stopwatch.timing()));
  }

  private void end(Ending ending) {
    if (ended) {
      return;
    }
    ended = true;
    if (ending instanceof Ending.Completed && !connection.isOver() && reader().isTerminated()) {
      // The reply is about to end by itself; letting it keeps the connection for the next call.
      timers.waitFor(TimeLimit.FINISH);
    } else {
      close();
    }
    try {
      observe(ending);
    } finally {
      if (turn != null) {
        turn.end();
      }
    }
    // Last, since the next call of a series starts from here and may need the place.
    listener.ended(ending);
  }

  private void observe(Ending ending) {
    if (ending instanceof Ending.Completed completed) {
      observation.completed(completed.response());
    } else if (ending instanceof Ending.Failed failed) {
      observation.failed(failed.failure());
    } else if (ending instanceof Ending.Cancelled cancelled) {
      observation.cancelled(cancelled.reason(), cancelled.partial());
    }
  }

  private void close() {
    timers.stop();
    connection.close();
    if (reader != null) {
      reader.close();
    }
  }

  private ReplyReader reader() {
    return Objects.requireNonNull(reader, "no head before the body");
  }

  private ChatResponse partial() {
    ChatResponse received = received();
    return received == null ? ChatResponse.builder().build() : received;
  }

  private @Nullable ChatResponse received() {
    return reader == null ? null : reader.received();
  }

  private void handle(Signal signal) {
    mailbox.handle(
        () -> {
          try {
            signal.run();
          } catch (LlmException e) {
            fail(e);
          } catch (RuntimeException e) {
            // A defect of ours must not leave an exchange waiting for ever.
            fail(facts.defect(e));
          }
        });
  }

  /** What happened; what it throws fails the call. */
  @FunctionalInterface
  private interface Signal {
    void run() throws LlmException;
  }
}
