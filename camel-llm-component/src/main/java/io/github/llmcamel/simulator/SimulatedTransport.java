/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers {@code simulator://simulator/v1/chat/completions}, {@code /v1/embeddings} and {@code
 * /v1/models} as an OpenAI server would, without a network and always alike: equal requests get
 * equal bytes.
 *
 * <p>Four members of the request body are its own: {@code firstTokenMs} (milliseconds until the
 * first token, 0 or more, absent = 0) and {@code tokensPerSecond} (above 0, absent = as fast as
 * possible) set the pace. A streamed answer opens with its first token, a whole one arrives when
 * its last token would have. No wait is longer than a day.
 *
 * <p>{@code fail} makes calls fail: {@code 429} and {@code 500} are refusals, {@code reset} breaks
 * the connection, {@code stall} says nothing more until the call is cancelled, and {@code truncate}
 * ends in order but too early; streams do the last three after half of their text. {@code
 * failEvery} (n from 1, absent = always, alone = 500) lets only every n-th call fail, counted over
 * the calls of this transport that have it.
 *
 * <p>Every answer says where it comes from: header {@code x-simulator}, fingerprint {@code
 * simulator}, and {@code [simulated]} in front of free text. Tools are ignored. Vectors have 64
 * numbers unless {@code dimensions} says otherwise, and are the closer the more words two texts
 * share.
 */
public final class SimulatedTransport implements Transport {

  private final ScheduledExecutorService scheduler;
  private final Set<SimulatedReply> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong countedCalls = new AtomicLong();

  /** With a daemon thread of its own, started with the first call. */
  public SimulatedTransport() {
    this(timerThread());
  }

  /**
   * With somebody else's idea of time, such as a test's.
   *
   * @param scheduler keeps the time and carries the signals; shut down with this transport
   */
  public SimulatedTransport(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Cancellable send(HttpCall call, ReplyHandler handler) {
    Script script = SimulatedServer.answer(call, countedCalls);
    SimulatedReply reply = new SimulatedReply(script, handler, scheduler, running::remove);
    running.add(reply);
    reply.start();
    return () -> reply.fail(new CancellationException("The call was cancelled."));
  }

  /** Calls that are still running hear of it on this thread, later ones on the thread of theirs. */
  @Override
  public void close() {
    // First, so that a call that starts meanwhile is either refused or among the running ones.
    scheduler.shutdown();
    running.forEach(reply -> reply.fail(new IOException("The simulator was closed.")));
  }

  private static ScheduledExecutorService timerThread() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "llm-simulator");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
