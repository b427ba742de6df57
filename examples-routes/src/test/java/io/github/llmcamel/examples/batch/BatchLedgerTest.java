/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.ledger.Hash;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves in its ledger, and what it spends. */
class BatchLedgerTest {

  private static final String TEXT = "Invoice no. 1\n\nTotal due: EUR 10.00\n";
  private static final String PRICES =
      """
      provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
      simulator,demo,1,,,2,EUR,2026-01-01,https://example.org/prices
      vllm,m,100,,,2000,EUR,2026-01-01,https://example.org/prices
      """;

  @TempDir private Path out;
  @TempDir private Path other;
  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  @RegisterExtension private final Collector collector = new Collector();
  private Path document;
  private Path prices;

  @BeforeEach
  void writeFiles() throws IOException {
    document = Files.writeString(folder.resolve("a.txt"), TEXT);
    prices = Files.writeString(elsewhere.resolve("prices.csv"), PRICES);
  }

  @Test
  void theRowOfAStageHasAllThatIsKnown() throws Exception {
    Instant before = Instant.now();
    BatchOutcome run = BatchOutcome.of(folder, out, "--prices", prices.toString());

    assertThat(run.exitCode()).as(run.errors()).isZero();
    LedgerEntry row = row("classify");
    assertThat(row.state()).isEqualTo(State.DONE);
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(row.question().contentHash()).isEqualTo(Hash.sha256(TEXT));
    assertThat(row.question().requestHash()).matches("[0-9a-f]{64}");
    assertThat(row.question().promptVersion()).matches("[0-9a-f]{12}");
    assertThat(row.question().model()).isEqualTo("demo");
    assertThat(row.startedAt()).isBetween(before.minusMillis(1), Instant.now());
    assertThat(row.spent().inputTokens()).isPositive();
    assertThat(row.spent().outputTokens()).isPositive();
    assertThat(row.spent().cost()).isPositive();
    assertThat(row.spent().currency()).isEqualTo("EUR");
    assertThat(row.spent().seconds()).isPositive();
    assertThat(row.spent().firstTokenSeconds()).isPositive();
    assertThat(row.finishReason()).isEqualTo("stop");
    assertThat(row.traceId()).isEqualTo(run.results().path("a.txt").path("traceId").asText());
    assertThat(row.error()).isNull();
    assertThat(row.result()).isEqualTo("invoice");
    assertThat(row(LedgerEntry.WHOLE).spent().cost())
        .isEqualTo(
            List.of("classify", "summarise", "extract").stream()
                .map(stage -> row(stage).spent().cost())
                .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  @Test
  void theRowOfAStageThatFailedHasItsReasonAndTheAnswer() throws Exception {
    try (AnsweringServer server =
        new AnsweringServer(List.of("invoice", "It is one.", "No.", "Sorry."))) {
      assertThat(run(folder, out, server.url()).exitCode()).isOne();
    }

    LedgerEntry row = row("extract-repair");
    assertThat(row.state()).isEqualTo(State.FAILED);
    assertThat(row.error()).startsWith("The model was asked for JSON");
    assertThat(row.result()).isEqualTo("Sorry.");
    assertThat(row.traceId()).isNotNull();
    assertThat(row(LedgerEntry.WHOLE)).returns(row.error(), LedgerEntry::error);
    assertThat(row("classify").state()).isEqualTo(State.DONE);
  }

  @Test
  void aLedgerThatIsNamedIsUsedByTheNextRunWhereverItsResultsGo() throws Exception {
    String url = "jdbc:h2:mem:named-ledger";
    try (Connection keptOpen = DriverManager.getConnection(url);
        CountingServer server = new CountingServer()) {
      assertThat(keptOpen.isClosed()).isFalse();
      run(folder, out, server.url(), "--ledger", url, "--prices", prices.toString());

      BatchOutcome again =
          run(folder, other, server.url(), "--ledger", url, "--prices", prices.toString());

      assertThat(again.exitCode()).isZero();
      assertThat(server.calls()).isEqualTo(3);
      // Each call has 100 tokens of input and 10 of output.
      assertThat(again.output())
          .contains("300 input and 30 output tokens", "Cost: 0.09 EUR.")
          .contains(
              "3 answers are from an earlier run. They took 330 tokens, 0.09 EUR of these sums.");
      assertThat(again.report()).contains("They took 330 tokens, 0.09 EUR of these sums.");
      assertThat(out.resolve("ledger.mv.db")).doesNotExist();
    }
  }

  @Test
  void aDryRunMakesNoLedgerWhereOneIsNamedAndUsesTheOneThatIsThere() throws Exception {
    String url = Ledger.file(other.resolve("named"));

    assertThat(BatchOutcome.of(folder, out, "--dry-run", "--ledger", url).output())
        .contains("3 calls to be made, 0 answers known.");
    assertThat(other).isEmptyDirectory();

    BatchOutcome.of(folder, out, "--ledger", url);
    assertThat(BatchOutcome.of(folder, out, "--dry-run", "--ledger", url).output())
        .contains("0 calls to be made, 3 answers known.");
  }

  @Test
  void aBudgetOfMoneyIsNotExceededAndTheReportSaysWhatIsLeft() throws Exception {
    Path samples = Path.of("samples", "documents");
    try (CountingServer server = new CountingServer()) {
      BatchOutcome first =
          run(
              samples,
              out,
              server.url(),
              "--prices",
              prices.toString(),
              "--max-cost",
              "1",
              "--concurrency",
              "1");

      assertThat(first.exitCode()).isOne();
      BigDecimal spent = new BigDecimal("0.03").multiply(BigDecimal.valueOf(server.calls()));
      assertThat(spent).isPositive().isLessThanOrEqualTo(BigDecimal.ONE);
      assertThat(first.report())
          .containsPattern("\nStopped early: \\d+ documents are left\\. The budget is 1 EUR;");
      assertThat(first.output()).contains("documents are left. The budget is 1 EUR;");

      run(samples, out, server.url(), "--prices", prices.toString());
      assertThat(server.calls()).isEqualTo(36);
    }
  }

  private LedgerEntry row(String stage) {
    try (Ledger ledger = Ledger.openExisting(Ledger.file(out.resolve("ledger")))) {
      return ledger.find(document.toString(), stage, "").join().orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static BatchOutcome run(Path documents, Path out, String url, String... options) {
    List<String> all =
        new ArrayList<>(List.of("--provider", "vllm", "--model", "m", "--base-url", url));
    all.add("--no-stream");
    all.addAll(List.of(options));
    return BatchOutcome.of(documents, out, all.toArray(String[]::new));
  }
}
