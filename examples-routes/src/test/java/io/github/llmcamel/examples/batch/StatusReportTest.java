/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.LedgerRun;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusReportTest {

  private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
  private static final Instant NOW = START.plusSeconds(600);

  @Test
  void aRunThatGoesOnTellsItsRateAndWhatIsLeft() {
    assertThat(report(run(400, 3, Duration.ofSeconds(2), null)))
        .contains(
            "Run:       began 2026-11-26 03:00:00, running, last heard of 2s ago",
            "Documents: 2,000: 397 done, 3 failed, 1,600 left; 40.1 per minute");
  }

  @Test
  void aRunThatIsSilentMayHaveBeenKilled() {
    assertThat(report(run(400, 0, Duration.ofSeconds(61), null)))
        .contains("not heard of for 1m1s: killed, or a document takes long, or none arrives");
  }

  @Test
  void aRunThatHasEndedTellsWhenAndWhetherAllIsThrough() {
    assertThat(report(run(2000, 0, Duration.ZERO, NOW)))
        .contains("ended 2026-11-26 03:10:00, after 10m")
        .contains("2,000 done, 0 failed, 0 left; 200.0 per minute");
    assertThat(report(run(0, 0, Duration.ZERO, NOW)))
        .contains("stopped early 2026-11-26 03:10:00, after 10m")
        .contains("2,000 left" + System.lineSeparator());
  }

  @Test
  void eachStageIsOneRow() {
    LedgerSummary summary =
        new LedgerSummary(
            null,
            List.of(
                sum("classify", State.DONE, 1990, "0.5", "EUR"),
                sum("classify", State.DONE, 5, "1.25", "USD"),
                sum("classify", State.FAILED, 5, null, null),
                sum("document", State.DONE, 2000, "1.75", "USD"),
                sum("extract", State.DONE, 1, "0.10", "USD"),
                sum("extract", State.DONE, 2, null, null)));

    assertThat(print(summary))
        .isEqualToNormalizingNewlines(
            """
            No run has begun.

            stage     entries   done  failed  calls  input tokens  output tokens                cost
            classify    2,000  1,995       5  4,000        20,000         10,000  0.5 EUR + 1.25 USD
            extract         3      3       0      6            30             15   0.1 USD + unknown
            """);
  }

  @Test
  void whatNobodyCountedIsNotZero() {
    LedgerSummary summary =
        new LedgerSummary(
            null, List.of(new LedgerSummary.Sum("ask", State.DONE, 1, 1, null, null, null, null)));

    assertThat(print(summary)).containsPattern("ask +1 +1 +0 +1 +unknown +unknown +unknown");
  }

  @Test
  void anEmptyLedgerSaysSo() {
    assertThat(print(new LedgerSummary(null, List.of())))
        .contains("No run has begun.", "No stage has been asked yet.");
  }

  private static LedgerSummary.Sum sum(
      String stage, State state, long entries, @Nullable String cost, @Nullable String currency) {
    return new LedgerSummary.Sum(
        stage,
        state,
        entries,
        2 * entries,
        10 * entries,
        5 * entries,
        cost == null ? null : new BigDecimal(cost),
        currency);
  }

  private static LedgerRun run(
      long seen, long failed, Duration silence, @Nullable Instant endedAt) {
    return new LedgerRun("1", START, 2000, seen, failed, NOW.minus(silence), endedAt);
  }

  private static String report(LedgerRun run) {
    return print(new LedgerSummary(run, List.of()));
  }

  private static String print(LedgerSummary summary) {
    StringWriter text = new StringWriter();
    StatusReport.print(new PrintWriter(text), summary, Clock.fixed(NOW, ZoneOffset.UTC));
    return text.toString();
  }
}
