/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.load;

import io.github.llmcamel.benchmarks.server.ServerProcess;
import io.github.llmcamel.model.ChatEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Subscribers that are slower than their server, which sends as fast as its sockets take it: how
 * much the sockets take when nothing is requested, and whether all streams go on afterwards. The
 * time limits are shorter than the wait, and must not run out.
 */
public final class SlowConsumer {

  private static final int STREAMS = 20;
  private static final int EVENTS = 3_000;
  private static final int SOME = 500;
  private static final String LIMITS = "&streamMode=live&firstByteTimeout=1000&idleTimeout=1000";
  private static final String COMPLETED = "completed";
  private static final long STANDSTILL_SECONDS = 2;

  private SlowConsumer() {}

  /** Prints one line for each step. */
  public static void main(String[] arguments) throws Exception {
    List<Reader> readers = IntStream.range(0, STREAMS).mapToObj(i -> new Reader()).toList();
    try (ServerProcess server = ServerProcess.start();
        LlmCaller caller = LlmCaller.of(server.url("flood-" + EVENTS), LIMITS, null)) {
      for (Reader reader : readers) {
        caller.call(reader, () -> reader.end.complete("failed before its first event"));
      }
      print("nothing requested", server, readers);
      readers.forEach(reader -> reader.request(SOME));
      print(SOME + " events requested", server, readers);
      readers.forEach(reader -> reader.request(Long.MAX_VALUE));
      readers.forEach(reader -> reader.end.join());
      print("all requested", server, readers);
    }
    Set<String> ends =
        readers.stream().map(reader -> reader.end.join()).collect(Collectors.toSet());
    System.out.printf("how the streams ended: %s%n", ends);
    System.exit(ends.equals(Set.of(COMPLETED)) ? 0 : 1);
  }

  /** Prints what the sockets have taken when they take no more. */
  private static void print(String step, ServerProcess server, List<Reader> readers)
      throws Exception {
    long before = -1;
    long taken = server.taken();
    while (taken != before) {
      TimeUnit.SECONDS.sleep(STANDSTILL_SECONDS);
      before = taken;
      taken = server.taken();
    }
    long received = readers.stream().mapToLong(reader -> reader.bytes.get()).sum();
    System.out.printf(
        "%s: for each stream the sockets took %.1f MiB, the subscriber got %.1f MiB%n",
        step, mebibytes(taken), mebibytes(received));
  }

  private static double mebibytes(long bytesOfAllStreams) {
    return bytesOfAllStreams / 1_048_576.0 / STREAMS;
  }

  private static final class Reader implements Flow.Subscriber<ChatEvent> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final AtomicLong bytes = new AtomicLong();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    void request(long events) {
      subscription.thenAccept(begun -> begun.request(events));
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription.complete(begun);
    }

    @Override
    public void onNext(ChatEvent event) {
      if (event instanceof ChatEvent.TextDelta delta) {
        bytes.addAndGet(delta.text().length());
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure.toString());
    }

    @Override
    public void onComplete() {
      end.complete(COMPLETED);
    }
  }
}
