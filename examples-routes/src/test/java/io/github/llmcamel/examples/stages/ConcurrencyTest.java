/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.examples.ledger.Spending;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final RequestPreview REQUEST = new RequestPreview("simulator", "demo", 1, 10, "h");
  private static final Spending SPENT = Spending.time(1);

  @Test
  void aFixedOneStaysWhateverHappens() {
    Concurrency fixed = Concurrency.fixed(8);

    burst(fixed, 8, new LlmRateLimitException("no", failure(429), null));
    burst(fixed, 8, null);

    assertThat(fixed.limit()).isEqualTo(8);
  }

  @Test
  void anAdaptiveOneStartsLow() {
    assertThat(Concurrency.adaptive(64).limit()).isEqualTo(4);
    assertThat(Concurrency.adaptive(2).limit()).isEqualTo(2);
  }

  @Test
  void itBacksOffOnceWhereManyAreRefusedTogether() {
    Concurrency adaptive = Concurrency.adaptive(64);

    burst(adaptive, 4, new LlmRateLimitException("no", failure(429), null));

    assertThat(adaptive.limit()).isEqualTo(2);
  }

  @Test
  void itBacksOffAgainWhereTheNextOnesAreRefusedAndNeverBelowOne() {
    Concurrency adaptive = Concurrency.adaptive(64);

    for (int i = 0; i < 10; i++) {
      burst(adaptive, 4, new LlmRateLimitException("no", failure(429), null));
    }

    assertThat(adaptive.limit()).isEqualTo(1);
  }

  @Test
  void itGrowsAgainAfterRefusals() {
    Concurrency adaptive = Concurrency.adaptive(64);
    burst(adaptive, 4, new LlmRateLimitException("no", failure(429), null));
    int low = adaptive.limit();

    for (int i = 0; i < 10; i++) {
      burst(adaptive, adaptive.limit(), null);
    }

    assertThat(adaptive.limit()).isGreaterThan(low);
  }

  @Test
  void aServerThatIsUnavailableHasTooMuchToDoAndABrokenOneHasNot() {
    Concurrency adaptive = Concurrency.adaptive(64);

    burst(adaptive, 4, new LlmServerException("no", failure(500), null));
    assertThat(adaptive.limit()).isEqualTo(4);

    burst(adaptive, 4, new LlmServerException("no", failure(503), null));
    assertThat(adaptive.limit()).isLessThan(4);
  }

  @Test
  void itGrowsWhileAnswersTakeNoLongerAndShrinksWhenTheyDo() {
    AtomicLong now = new AtomicLong();
    Concurrency adaptive = Concurrency.adaptive(64, now::get);

    for (int i = 0; i < 600; i++) {
      burst(adaptive, now, Duration.ofMillis(100));
    }
    int grown = adaptive.limit();
    assertThat(grown).isGreaterThan(20).isLessThanOrEqualTo(64);

    for (int i = 0; i < 10; i++) {
      burst(adaptive, now, Duration.ofSeconds(1));
    }
    assertThat(adaptive.limit()).isLessThan(grown);
  }

  /** As many calls as may be, at once. */
  private static void burst(Concurrency concurrency, AtomicLong now, Duration time) {
    List<CallGate.Pass> out = new ArrayList<>();
    while (out.size() < concurrency.limit()) {
      out.add(concurrency.enter(REQUEST));
    }
    now.addAndGet(time.toNanos());
    out.forEach(pass -> pass.leave(SPENT, null));
  }

  private static void burst(Concurrency concurrency, int calls, @Nullable LlmException failure) {
    List<CallGate.Pass> out = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      out.add(concurrency.enter(REQUEST));
    }
    out.forEach(pass -> pass.leave(SPENT, failure));
  }

  private static Failure failure(int status) {
    URI uri = URI.create("https://api.example/v1/chat/completions");
    return new Failure("vllm", uri, status, null, Map.of(), null, null, null, null, true);
  }
}
