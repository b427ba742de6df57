/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.Concurrency;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressInStepsTest {

  private final StringWriter out = new StringWriter();
  private final Hand clock = new Hand();
  private final Progress progress =
      new ProgressInSteps(new PrintWriter(out), 100L, Concurrency.fixed(8), clock);

  @Test
  void aLineTellsHowFarHowFastHowLongStillAndAtWhatCost() {
    progress.start();
    for (int i = 0; i < 10; i++) {
      clock.now = clock.now.plus(Duration.ofMillis(500));
      progress.add(
          DocumentResults.completed(
              "a", "log", "It is.", Map.of("classify", DocumentResults.call(90L, 10L, 1, null))));
    }

    assertThat(out)
        .hasToString(
            "10/100 documents (10 %), 2.0/s, 0:00:45 left, 1,000 tokens, 8 at once"
                + System.lineSeparator());
  }

  @Test
  void whereNobodyKnowsHowManyWillComeItIsNotSaidHowLongItTakes() {
    Progress watch = new ProgressInSteps(new PrintWriter(out), null, Concurrency.fixed(8), clock);
    watch.start();
    clock.now = clock.now.plus(Duration.ofSeconds(5));
    watch.add(DocumentResults.failed("a", "no"));

    assertThat(out).hasToString("1 documents, 0.2/s, 1 failed, 8 at once" + System.lineSeparator());
  }

  @Test
  void nothingIsSaidBetweenTheSteps() {
    progress.start();
    clock.now = clock.now.plus(Duration.ofSeconds(4));
    progress.add(DocumentResults.failed("a", "no"));
    progress.end();

    assertThat(out.toString()).isEmpty();
  }

  /** Moved by hand. */
  private static final class Hand extends Clock {

    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
