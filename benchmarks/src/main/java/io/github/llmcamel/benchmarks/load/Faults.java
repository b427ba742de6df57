/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Calls to a server that breaks most answers, at random places: each must end once, and nothing may
 * be left of it.
 */
public final class Faults {

  private static final int AT_ONCE = 64;
  private static final String LIMITS =
      "&maxConcurrentRequests=48&queueTimeout=1000&firstByteTimeout=500&idleTimeout=50";

  private Faults() {}

  /**
   * Prints one line for each figure; fails if a call ended not once.
   *
   * @param arguments how many calls; 100,000 if there is none
   */
  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    AtomicInteger[] ends = new AtomicInteger[calls];
    Arrays.setAll(ends, i -> new AtomicInteger());
    Semaphore places = new Semaphore(AT_ONCE);
    try (ServerProcess server = ServerProcess.start()) {
      // The JVM keeps a socket of its own after the first was closed.
      try (LlmCaller first = new LlmCaller(server.url("whole"), "", null)) {
        InFlight.run(first, 1, 1);
      }
      long socketsBefore = sockets();
      List<LlmCaller> callers = callers(server);
      long before = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        int number = i;
        places.acquire();
        callers
            .get(i % callers.size())
            .call(
                () -> {
                  ends[number].incrementAndGet();
                  places.release();
                });
      }
      places.acquire(AT_ONCE);
      System.out.printf("%,d calls in %d s%n", calls, (System.nanoTime() - before) / 1_000_000_000);
      callers.forEach(LlmCaller::close);
      System.out.printf(
          "left when the contexts have stopped: %d sockets, %d threads%n",
          sockets() - socketsBefore, threads());
    }
    boolean once = Arrays.stream(ends).allMatch(end -> end.get() == 1);
    System.out.printf("each ended once: %b%n", once);
    System.exit(once ? 0 : 1);
  }

  private static List<LlmCaller> callers(ServerProcess server) throws Exception {
    String url = server.url("faults");
    return List.of(
        new LlmCaller(url, LIMITS, null),
        new LlmCaller(url, LIMITS + "&streamMode=aggregate", null),
        new LlmCaller(url, LIMITS + "&streamMode=live", null));
  }

  private static long sockets() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(Faults::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("Llm") || thread.getName().contains("llm"))
        .count();
  }
}
