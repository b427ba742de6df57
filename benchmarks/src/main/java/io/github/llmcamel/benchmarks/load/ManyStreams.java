/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.server.ServerProcess;
import io.github.llmcamel.model.ChatEvent;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many slow live streams at once, each read through its publisher: how many threads, how much heap,
 * how late the first token is. Warmed up, as a service is that has run for a while.
 */
public final class ManyStreams {

  private static final int EVENTS = 30;
  private static final int MILLIS_BETWEEN = 1_000;
  private static final long PAUSE_BETWEEN_STARTS = 500_000;
  private static final int WARM_UP = 2_000;
  private static final int WARM_UP_AT_ONCE = 8;

  private ManyStreams() {}

  /**
   * Prints one line for each figure.
   *
   * @param arguments how many streams; 10,000 if there is none
   */
  public static void main(String[] arguments) throws Exception {
    int streams = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    long[] delays = new long[streams];
    AtomicInteger[] ends = new AtomicInteger[streams];
    Arrays.setAll(ends, i -> new AtomicInteger());
    AtomicInteger live = new AtomicInteger();
    AtomicInteger mostLive = new AtomicInteger();
    AtomicInteger events = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(streams);
    CountDownLatch ended = new CountDownLatch(streams);
    try (ServerProcess server = ServerProcess.start();
        LlmCaller caller =
            LlmCaller.of(
                server.url("stream-" + EVENTS + "-" + MILLIS_BETWEEN), "&streamMode=live", null)) {
      warmUp(server);
      for (int i = 0; i < streams; i++) {
        int number = i;
        caller.call(
            event -> {
              if (event instanceof ChatEvent.TextDelta delta) {
                events.incrementAndGet();
                if (delays[number] == 0) {
                  delays[number] = System.nanoTime() - Long.parseLong(delta.text().strip());
                  mostLive.accumulateAndGet(live.incrementAndGet(), Math::max);
                  begun.countDown();
                }
              }
            },
            () -> {
              if (delays[number] == 0) {
                begun.countDown(); // it failed
              }
              live.decrementAndGet();
              ends[number].incrementAndGet();
              ended.countDown();
            });
        LockSupport.parkNanos(PAUSE_BETWEEN_STARTS);
      }
      // Not before, or the full collection would delay the first tokens.
      begun.await();
      System.gc();
      Runtime heap = Runtime.getRuntime();
      System.out.printf(
          "threads %,d (at most %,d), heap in use %,d MiB, of at most %,d MiB%n",
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ManagementFactory.getThreadMXBean().getPeakThreadCount(),
          (heap.totalMemory() - heap.freeMemory()) >> 20,
          heap.maxMemory() >> 20);
      ended.await();
    }
    Arrays.sort(delays);
    System.out.printf(
        "%,d streams, at most %,d at once, %,d events of %,d, each ended once: %b%n",
        streams,
        mostLive.get(),
        events.get(),
        streams * EVENTS,
        Arrays.stream(ends).allMatch(end -> end.get() == 1));
    System.out.printf(
        "first token from the server's write to the subscriber: p50 %.1f ms, p99 %.1f ms, last %.1f"
            + " ms%n",
        delays[streams / 2] / 1e6, delays[streams * 99 / 100] / 1e6, delays[streams - 1] / 1e6);
    System.exit(0);
  }

  private static void warmUp(ServerProcess server) throws Exception {
    try (LlmCaller caller =
        LlmCaller.of(server.url("stream-" + EVENTS + "-0"), "&streamMode=live", null)) {
      InFlight.run(caller, WARM_UP, WARM_UP_AT_ONCE);
    }
  }
}
