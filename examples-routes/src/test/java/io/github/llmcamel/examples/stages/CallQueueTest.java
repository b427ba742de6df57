/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that wait for others, without a thread. */
class CallQueueTest {

  private static final int BYTES = 800;
  private static final int MOST_OUTPUT = 200;

  /** What each call really takes; a token has four bytes. */
  private static final Spending TAKEN =
      new Spending(BYTES / 4L, (long) MOST_OUTPUT, null, null, 1, null);

  private static final int TOKENS = BYTES / 4 + MOST_OUTPUT;

  @Test
  void eightDocumentsAtOnceUseTheirBudgetUp() {
    int calls = 10;
    Budget budget = Budget.ofTokens((long) calls * TOKENS);
    CallQueue queue = new CallQueue(budget);
    Queue<CompletableFuture<CallGate.Pass>> documents = new ArrayDeque<>();
    for (int i = 0; i < 8; i++) {
      documents.add(queue.enter(request(BYTES)));
    }
    int answered = 0;
    while (documents.stream().anyMatch(CallQueueTest::isOut)) {
      CompletableFuture<CallGate.Pass> call = documents.remove();
      if (isOut(call)) {
        answered++;
        documents.add(queue.enter(request(BYTES))); // The next document waits before this one ends.
        call.join().leave(TAKEN, null);
      } else {
        documents.add(call);
      }
    }

    assertThat(answered).isBetween(calls - 1, calls);
    assertThat(documents).hasSize(8).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(budget.exhausted()).isNotNull();
  }

  private static boolean isOut(CompletableFuture<CallGate.Pass> call) {
    return call.isDone() && !call.isCompletedExceptionally();
  }

  @Test
  void nobodyOvertakesACallThatWaits() {
    CallQueue queue = new CallQueue(Budget.ofTokens(BYTES + MOST_OUTPUT + 500));
    CallGate.Pass first = queue.enter(request(BYTES)).join();
    CompletableFuture<CallGate.Pass> large = queue.enter(request(BYTES));

    CompletableFuture<CallGate.Pass> small = queue.enter(request(1));

    assertThat(large).isNotDone();
    assertThat(small).isNotDone();
    first.leave(TAKEN, null);
    assertThat(large).isCompleted();
    assertThat(small).isCompleted();
  }

  @Test
  void aCallThatIsTooLargeIsRefusedOnceNoOtherIsOutAndTheNextOnesGoOn() {
    CallQueue queue = new CallQueue(Budget.ofTokens(2000));
    CallGate.Pass first = queue.enter(request(BYTES)).join();
    CompletableFuture<CallGate.Pass> large = queue.enter(request(10_000));
    CompletableFuture<CallGate.Pass> usual = queue.enter(request(BYTES));
    assertThat(large).isNotDone();

    first.leave(TAKEN, null);

    assertThat(large).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("2,700");
    assertThat(usual).isCompleted();
  }

  @Test
  void aCallThatFailsLetsTheOthersIn() {
    CallQueue queue = new CallQueue(Budget.ofTokens(BYTES + MOST_OUTPUT));
    CallGate.Pass first = queue.enter(request(BYTES)).join();
    CompletableFuture<CallGate.Pass> second = queue.enter(request(BYTES));

    first.leave(Spending.time(1), new IllegalStateException("Cancelled."));

    assertThat(second).isCompleted();
  }

  @Test
  void aGateThatFailsFailsNobodyElse() {
    List<RequestPreview> asked = new ArrayList<>();
    CallQueue queue =
        new CallQueue(
            request -> {
              asked.add(request);
              if (asked.size() == 1) {
                throw new StackOverflowError("Broken.");
              }
              return (spent, failure) -> {
                throw new IllegalStateException("Broken, too.");
              };
            });

    assertThat(queue.enter(request(1))).isCompletedExceptionally();
    assertThat(queue.enter(request(1))).isCompleted();
  }

  @Test
  void anyNumberMayWaitForOne() {
    CallQueue queue = new CallQueue(Budget.ofTokens(BYTES + MOST_OUTPUT));
    CallGate.Pass first = queue.enter(request(BYTES)).join();
    List<CompletableFuture<CallGate.Pass>> others = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      others.add(queue.enter(request(10 * BYTES)));
    }

    first.leave(TAKEN, null);

    assertThat(others).allMatch(CompletableFuture::isCompletedExceptionally);
  }

  private static RequestPreview request(int bytes) {
    return new RequestPreview("simulator", "demo", MOST_OUTPUT, bytes, "h");
  }
}
