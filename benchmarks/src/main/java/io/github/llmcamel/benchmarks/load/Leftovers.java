/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.component.LlmComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.util.concurrent.SizedScheduledExecutorService;

/**
 * What calls have left behind.
 *
 * @param calls that run or wait for a place
 * @param sockets those that wait for the next call are among them
 * @param threads of the component and its HTTP client
 */
record Leftovers(int timers, int exchanges, long calls, long sockets, long threads) {

  /**
   * What there is in a context, and in its process.
   *
   * @param socketsBefore how many sockets are not the context's
   */
  static Leftovers of(Watched watched, long socketsBefore) throws IOException {
    LlmComponent component = watched.context().getComponent("llm", LlmComponent.class);
    return new Leftovers(
        watched.timers().stream().mapToInt(pool -> pool.getQueue().size()).sum(),
        watched.context().getInflightRepository().size(),
        component.getCallsInFlight() + component.getQueuedCalls(),
        openSockets() - socketsBefore,
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches(".*(Llm|httpclient).*"))
            .count());
  }

  @Override
  public String toString() {
    return "%d timers, %d exchanges, %d calls, %d sockets, %d threads"
        .formatted(timers, exchanges, calls, sockets, threads);
  }

  /** How many sockets this process has open. */
  static long openSockets() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(Leftovers::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  /**
   * A context whose timers can be counted.
   *
   * @param timers its scheduled pools
   */
  record Watched(CamelContext context, List<ScheduledThreadPoolExecutor> timers) {

    /** One that has not started. */
    static Watched create() {
      CamelContext context = new DefaultCamelContext();
      List<ScheduledThreadPoolExecutor> timers = new CopyOnWriteArrayList<>();
      context
          .getExecutorServiceManager()
          .setThreadPoolFactory(
              new DefaultThreadPoolFactory() {
                @Override
                public ScheduledExecutorService newScheduledThreadPool(
                    ThreadPoolProfile profile, ThreadFactory threads) {
                  ScheduledExecutorService pool = super.newScheduledThreadPool(profile, threads);
                  timers.add(
                      ((SizedScheduledExecutorService) pool).getScheduledThreadPoolExecutor());
                  return pool;
                }
              });
      return new Watched(context, timers);
    }
  }
}
