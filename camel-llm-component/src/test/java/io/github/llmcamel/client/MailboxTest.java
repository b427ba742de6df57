/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private final Mailbox mailbox = new Mailbox();

  @Test
  void handlesASignalOnTheThreadThatBringsIt() {
    List<Thread> threads = new ArrayList<>();

    mailbox.handle(() -> threads.add(Thread.currentThread()));

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void handlesASignalThatASignalBringsAfterIt() {
    List<String> order = new ArrayList<>();

    mailbox.handle(
        () -> {
          mailbox.handle(() -> order.add("second"));
          order.add("first");
        });

    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void leavesASignalToTheThreadThatIsHandlingAnotherOne() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    Thread first =
        new Thread(
            () ->
                mailbox.handle(
                    () -> {
                      inside.countDown();
                      awaitQuietly(release);
                    }));
    first.start();
    inside.await();

    mailbox.handle(() -> threads.add(Thread.currentThread()));

    assertThat(threads).isEmpty();
    release.countDown();
    first.join();
    assertThat(threads).containsExactly(first);
  }

  @Test
  void losesNothingAndOverlapsNothingFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    int[] handled = {0}; // unguarded on purpose: overlapping signals would lose some
    IntStream.range(0, 4)
        .forEach(
            unused ->
                threads.execute(
                    () ->
                        IntStream.range(0, 50_000)
                            .forEach(i -> mailbox.handle(() -> handled[0]++))));
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(handled[0]).isEqualTo(200_000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
