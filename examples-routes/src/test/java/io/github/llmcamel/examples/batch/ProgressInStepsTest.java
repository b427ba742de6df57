/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.Concurrency;
import io.github.llmcamel.examples.stages.StageResult;
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

  private static final StageResult CALL =
      DocumentResults.call(DocumentResults.spent("0.25", "USD"));

  private final StringWriter out = new StringWriter();
  private final Hand clock = new Hand();
  private final Progress progress =
      new ProgressInSteps(new PrintWriter(out), 100L, Concurrency.fixed(8), clock);

  @Test
  void aLineTellsHowFarHowFastHowLongStillAndAtWhatCost() {
    progress.start();
    for (int i = 0; i < 10; i++) {
      clock.now = clock.now.plus(Duration.ofMillis(500));
      progress.add(completed(CALL));
    }

    assertThat(out)
        .hasToString(
            "10/100 documents (10 %), 2.0/s, 0:00:45 left, 150 tokens, 2.5 USD, 8 at once"
                + System.lineSeparator());
  }

  @Test
  void whatEarlierRunsSpentAndWhatHasNoPriceIsSaid() {
    progress.start();
    progress.add(completed(CALL.knownBefore()));
    progress.add(completed(DocumentResults.call(1L, 1L, 1, null)));
    clock.now = clock.now.plus(Duration.ofSeconds(5));
    progress.add(completed(DocumentResults.call(DocumentResults.spent("1", "EUR"))));

    assertThat(out.toString())
        .contains("32 tokens, 1 EUR + 0.25 USD + unknown (15 tokens, 0.25 USD earlier), 8 at once");
  }

  private static DocumentResult completed(StageResult stage) {
    return DocumentResults.completed("a", "log", "It is.", Map.of("classify", stage));
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
  void whereOthersWorkAsWellItIsNotSaidHowManyAreWorkedOnAtOnce() {
    Progress shared = new ProgressInSteps(new PrintWriter(out), 4L, null, clock);
    shared.start();
    clock.now = clock.now.plus(Duration.ofSeconds(5));
    shared.add(DocumentResults.failed("a", "no"));

    assertThat(out.toString()).endsWith("0:00:15 left, 1 failed" + System.lineSeparator());
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
