/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.load.Leftovers.Watched;
import io.github.llmcamel.benchmarks.server.ServerProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;

/**
 * Calls to a server that breaks most answers, at random places, through three routes: each must end
 * once, and nothing may be left of it.
 */
public final class Faults {

  private static final int AT_ONCE = 64;
  private static final int PLACES = 48;
  private static final String LIMITS =
      "&queueTimeout=2000&firstByteTimeout=200&idleTimeout=100&requestTimeout=1000"
          + "&maxConcurrentRequests="
          + PLACES;
  private static final String ALONE = "&maxConcurrentRequests=1&maxQueuedRequests=0";
  private static final List<String> DELIVERIES =
      List.of("&stream=false", "&streamMode=aggregate", "&streamMode=live");

  /** Longer than the component waits for the end of a stream whose model has finished. */
  private static final long MOST_SECONDS_TO_SETTLE = 10;

  private Faults() {}

  /**
   * Prints one line for each figure; fails if a call ended not once, or if something is left.
   *
   * @param arguments how many calls; 100,000 if there is none
   */
  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    Watched watched = Watched.create();
    boolean passed;
    try (ServerProcess server = ServerProcess.start()) {
      // The JVM keeps a socket of its own after the first was closed.
      try (LlmCaller first = LlmCaller.of(server.url("whole"), "", null)) {
        InFlight.run(first, 1, 1);
      }
      long socketsBefore = Leftovers.openSockets();
      List<LlmCaller> callers = callers(watched.context(), server);
      boolean once = endOnceEach(callers, calls);
      Leftovers left = settled(watched, socketsBefore);
      System.out.printf("left while the context runs: %s%n", left);
      boolean placeIsFree = isAnswered(watched.context(), server);
      System.out.printf("a call that needs the limiter for itself is answered: %b%n", placeIsFree);
      watched.context().stop();
      long sockets = Leftovers.openSockets() - socketsBefore;
      System.out.printf("sockets left when it has stopped: %d%n", sockets);
      passed = once && isNothing(left) && placeIsFree;
    }
    System.exit(passed ? 0 : 1);
  }

  private static List<LlmCaller> callers(CamelContext context, ServerProcess server)
      throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            for (String delivery : DELIVERIES) {
              from("direct:" + delivery).to(LlmCaller.uri(server.url("faults"), LIMITS + delivery));
            }
          }
        });
    context.start();
    List<LlmCaller> callers = new ArrayList<>();
    for (String delivery : DELIVERIES) {
      callers.add(new LlmCaller(context, "direct:" + delivery));
    }
    return callers;
  }

  private static boolean endOnceEach(List<LlmCaller> callers, int calls)
      throws InterruptedException {
    AtomicInteger[] ends = new AtomicInteger[calls];
    Arrays.setAll(ends, i -> new AtomicInteger());
    Semaphore places = new Semaphore(AT_ONCE);
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
    double seconds = (System.nanoTime() - before) / 1e9;
    boolean once = Arrays.stream(ends).allMatch(end -> end.get() == 1);
    System.out.printf(
        "%,d calls in %.0f s, %.0f per second; each ended once: %b%n",
        calls, seconds, calls / seconds, once);
    return once;
  }

  /** What is left as soon as nothing is, or after a time. */
  private static Leftovers settled(Watched watched, long socketsBefore) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_SETTLE);
    Leftovers left = Leftovers.of(watched, socketsBefore);
    while (!isNothing(left) && deadline - System.nanoTime() > 0) {
      TimeUnit.MILLISECONDS.sleep(50);
      left = Leftovers.of(watched, socketsBefore);
    }
    return left;
  }

  private static boolean isNothing(Leftovers left) {
    // The pool may keep a connection for each place.
    return left.timers() == 0
        && left.exchanges() == 0
        && left.calls() == 0
        && left.sockets() <= PLACES;
  }

  private static boolean isAnswered(CamelContext context, ServerProcess server) {
    String uri = LlmCaller.uri(server.url("whole"), ALONE);
    return context.createProducerTemplate().requestBody(uri, Caller.PROMPT) instanceof String;
  }
}
