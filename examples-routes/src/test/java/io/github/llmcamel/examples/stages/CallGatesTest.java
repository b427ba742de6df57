/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds calls back before too much is spent. */
class CallGatesTest {

  private static final int BYTES = 1000;
  private static final Spending USUAL = spent(250, 150);
  private static final int TAKEN = 250 + 150;
  private static final int FIRST_ESTIMATE = BYTES + 200;

  @ParameterizedTest
  @ValueSource(ints = {1_000, 50_000, 500_000})
  void aThousandCallsAtOnceNeverSpendMoreThanTheBudget(int most) throws Exception {
    Budget budget = Budget.ofTokens(most);
    CallQueue queue = new CallQueue(budget);
    AtomicLong spent = new AtomicLong();
    AtomicInteger refused = new AtomicInteger();
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      calls.add(
          () -> {
            call(queue, spent, refused).get(10, TimeUnit.SECONDS);
            return null;
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(100);
    try {
      for (Future<Void> call : pool.invokeAll(calls)) {
        call.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(spent.get()).isLessThanOrEqualTo(most);
    if (most >= FIRST_ESTIMATE) {
      assertThat(spent.get()).isGreaterThan(Math.min(most, 1000 * TAKEN) - 2 * TAKEN);
    }
    assertThat(budget.exhausted() == null).isEqualTo(refused.get() == 0);
    assertThat(refused.get() == 0).isEqualTo(most == 500_000);
  }

  /** Ends on another thread than it began: others enter meanwhile. */
  private static CompletableFuture<Void> call(
      CallQueue queue, AtomicLong spent, AtomicInteger refused) {
    return queue
        .enter(request(200))
        .<Void>handleAsync(
            (pass, closed) -> {
              if (closed != null) {
                refused.incrementAndGet();
              } else {
                spent.addAndGet(TAKEN);
                pass.leave(USUAL, null);
              }
              return null;
            });
  }

  @Test
  void textOfTheDensestKindDoesNotExceedTheBudgetEvenAtFirst() throws Exception {
    Budget budget = Budget.ofTokens(2500);
    Spending dense = spent(BYTES, 200); // a token for each byte
    CallGate.Pass first = enter(budget);
    CallGate.Pass second = enter(budget);

    assertThat(budget.enter(request(200))).as("may still fit").isNull();
    first.leave(dense, null);
    second.leave(dense, null);

    assertThatThrownBy(() -> budget.enter(request(200)))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessage(
            "The budget is 2,500 tokens; 2,400 tokens are spent, and the next call may take 1,200"
                + " tokens.");
  }

  @Test
  void aCallWaitsForWhatOthersReserveAndDoNotTake() throws Exception {
    Budget budget = Budget.ofTokens(FIRST_ESTIMATE);
    CallGate.Pass first = enter(budget);
    assertThat(budget.enter(request(200))).isNull();
    assertThat(budget.exhausted()).isNull();

    first.leave(USUAL, null);

    assertThat(budget.enter(request(200))).isNotNull();
  }

  @Test
  void aCallThatFailsGivesBackWhatItReserved() throws Exception {
    Budget budget = Budget.ofTokens(1500);
    for (int i = 0; i < 100; i++) {
      enter(budget).leave(Spending.time(1), new IllegalStateException());
    }

    assertThat(budget.exhausted()).isNull();
  }

  @Test
  void anAnswerThatNobodyHasCountedCostsWhatItReserved() throws Exception {
    Budget budget = Budget.ofTokens(2 * FIRST_ESTIMATE);
    enter(budget).leave(Spending.time(1), null);
    enter(budget).leave(Spending.time(1), null);

    assertThatThrownBy(() -> budget.enter(request(200)))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("2,400 tokens are spent");
  }

  @Test
  void aCallThatFailsCostsWhatWasCountedBefore() throws Exception {
    Budget budget = Budget.ofTokens(FIRST_ESTIMATE + TAKEN - 1);

    enter(budget).leave(USUAL, new IllegalStateException());

    assertThatThrownBy(() -> budget.enter(request(4000)))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("400 tokens are spent");
  }

  @Test
  void aBudgetBeforeAGateThatIsClosedKeepsAllThatItHad() throws Exception {
    Budget budget = Budget.ofTokens(FIRST_ESTIMATE);
    Gates full = new Gates(List.of(budget, request -> null));
    Gates closed =
        new Gates(
            List.of(
                budget,
                request -> {
                  throw new BudgetSpentException("Spent.");
                }));

    for (int i = 0; i < 10; i++) {
      assertThat(full.enter(request(200))).isNull();
      assertThatThrownBy(() -> closed.enter(request(200))).hasMessage("Spent.");
    }

    assertThat(budget.enter(request(200))).isNotNull();
  }

  @Test
  void withoutALimitOfTheOutputTheLongestSoFarIsTakenTwice() throws Exception {
    Budget budget = Budget.ofTokens(10_000);
    enter(budget, request(null)).leave(spent(250, 4000), null);

    assertThatThrownBy(() -> budget.enter(request(null)))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("4,250");
    assertThat(budget.exhausted()).isNotNull();
  }

  @Test
  void aDeadlineLetsNoCallOutThatIsExpectedToEndLater() throws Exception {
    Instant start = Instant.parse("2026-11-26T03:00:00Z");
    SettableClock clock = new SettableClock(start);
    Deadline deadline = new Deadline(start.plusSeconds(100), clock);

    CallGate.Pass first = deadline.enter(request(1));
    clock.advance(Duration.ofSeconds(40));
    first.leave(USUAL, null);
    CallGate.Pass second = deadline.enter(request(1));
    clock.advance(Duration.ofSeconds(21));
    assertThat(deadline.exhausted()).isNull();

    assertThatThrownBy(() -> deadline.enter(request(1)))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("too near");
    assertThat(deadline.exhausted()).isNotNull();
    second.leave(USUAL, null);
  }

  @Test
  void aDeadlineThatHasPassedIsExhaustedWithoutACall() {
    SettableClock clock = new SettableClock(Instant.EPOCH);
    Deadline deadline = new Deadline(Instant.EPOCH.plusSeconds(1), clock);
    assertThat(deadline.exhausted()).isNull();

    clock.advance(Duration.ofSeconds(1));

    assertThat(deadline.exhausted()).isNotNull();
  }

  @Test
  void whereOneGateIsClosedTheOthersAreLeftAgain() {
    AtomicInteger inside = new AtomicInteger();
    CallGate counting =
        request -> {
          inside.incrementAndGet();
          return (spent, failure) -> {
            assertThat(failure).isInstanceOf(BudgetSpentException.class);
            assertThat(spent.inputTokens()).isNull();
            inside.decrementAndGet();
          };
        };
    CallGate closed =
        request -> {
          throw new BudgetSpentException("Spent.");
        };
    Gates gates = new Gates(List.of(counting, counting, closed, counting));

    assertThatThrownBy(() -> gates.enter(request(1))).isInstanceOf(BudgetSpentException.class);

    assertThat(inside).hasValue(0);
  }

  @Test
  void allGatesAreToldWhatBecameOfACallAndTheFirstThatIsExhaustedSaysSo() throws Exception {
    List<@Nullable Throwable> told = new ArrayList<>();
    CallGate telling = request -> (spent, failure) -> told.add(failure);
    Budget spent = Budget.ofTokens(1);
    Gates gates = new Gates(List.of(telling, telling));
    IllegalStateException failure = new IllegalStateException();

    enter(gates, request(1)).leave(USUAL, failure);

    assertThat(told).containsExactly(failure, failure);
    assertThat(gates.exhausted()).isNull();
    assertThatThrownBy(() -> spent.enter(request(1))).isInstanceOf(BudgetSpentException.class);
    assertThat(new Gates(List.of(telling, spent)).exhausted()).isEqualTo(spent.exhausted());
  }

  @Test
  void whereOneGateIsClosedForNowTheOthersAreLeftAgain() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    CallGate counting =
        request -> {
          inside.incrementAndGet();
          return (spent, failure) -> inside.decrementAndGet();
        };
    CallGate full = request -> null;

    assertThat(new Gates(List.of(counting, full, counting)).enter(request(1))).isNull();

    assertThat(inside).hasValue(0);
  }

  private static CallGate.Pass enter(CallGate gate) throws BudgetSpentException {
    return enter(gate, request(200));
  }

  private static CallGate.Pass enter(CallGate gate, RequestPreview request)
      throws BudgetSpentException {
    return Objects.requireNonNull(gate.enter(request));
  }

  private static RequestPreview request(@Nullable Integer maxTokens) {
    return new RequestPreview("simulator", "demo", maxTokens, BYTES, "h");
  }

  private static Spending spent(long inputTokens, long outputTokens) {
    return new Spending(inputTokens, outputTokens, null, null, 1, null);
  }
}
