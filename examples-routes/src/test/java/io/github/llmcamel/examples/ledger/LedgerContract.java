/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ledger promises, in whatever database it is. */
abstract class LedgerContract {

  private static final String EMOJI = "\uD83D\uDE00";

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Ledger ledger;

  /** The URL of an empty database. */
  abstract String url() throws Exception;

  @BeforeEach
  void open() throws Exception {
    ledger = Ledger.open(url());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whatIsNotKnownIsNotFound() {
    assertThat(ledger.find("a.txt", "classify", "").join()).isEmpty();
  }

  @Test
  void anEntryIsFoundWithAllItHas() {
    LedgerEntry entry = Entries.done("a.txt", "classify", "h");

    assertThat(ledger.record(List.of(entry)).join()).containsExactly(entry);

    assertThat(ledger.find("a.txt", "classify", "").join()).contains(entry);
    assertThat(ledger.find("a.txt", "classify", "1").join()).isEmpty();
    assertThat(ledger.find("a.txt", "extract", "").join()).isEmpty();
    assertThat(ledger.find("b.txt", "classify", "").join()).isEmpty();
  }

  @Test
  void whatIsUnknownStaysUnknown() {
    LedgerEntry entry = Entries.bare("a.txt");

    ledger.record(List.of(entry)).join();

    assertThat(ledger.find("a.txt", "classify", "").join()).contains(entry);
  }

  @Test
  void aLaterEntryTakesThePlaceOfAnEarlierOne() {
    ledger.record(List.of(Entries.done("a.txt", "classify", "h").failed("No."))).join();
    LedgerEntry later = Entries.done("a.txt", "classify", "h2");

    ledger.record(List.of(later)).join();

    assertThat(ledger.find("a.txt", "classify", "").join()).contains(later);
    assertThat(ledger.summary().join().stages())
        .singleElement()
        .extracting(LedgerSummary.Sum::entries)
        .isEqualTo(1L);
  }

  @Test
  void aSmallPriceKeepsItsDigits() {
    LedgerEntry entry = Entries.done("a.txt", "classify", "h");
    Spending spent = new Spending(1L, 1L, new BigDecimal("0.0000000015"), "EUR", 0, null);

    ledger.record(List.of(with(entry, spent))).join();

    assertThat(ledger.find("a.txt", "classify", "").join().orElseThrow().spent()).isEqualTo(spent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ä", "漢", EMOJI, "a\0b", "'", "\\", "%s", "\n"})
  void namesMayBeOfAnyLengthAndAnyCharacters(String piece) {
    for (int times : new int[] {1, 300, 501, 5000}) {
      String name = piece.repeat(times);
      LedgerEntry entry = Entries.done(name, "classify", "h" + times);

      ledger.record(List.of(entry, Entries.done(name + "2", "classify", "other"))).join();

      assertThat(ledger.find(name, "classify", "").join().orElseThrow().question())
          .isEqualTo(entry.question());
    }
  }

  @Test
  void aStageAndAPartMayHaveLongNamesToo() {
    LedgerEntry entry =
        new LedgerEntry(
            random(600),
            random(600),
            random(600),
            new Question(null, "h", random(600), random(600)),
            State.DONE,
            1,
            Entries.START,
            Spending.time(0),
            random(600),
            random(600),
            null,
            null);

    ledger.record(List.of(entry)).join();

    assertThat(ledger.find(entry.document(), entry.stage(), entry.part()).join()).isPresent();
  }

  /** Texts that no index can compress. */
  private static String random(int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> Character.toString(0x4e00 + (i * 7919 + length * 31) % 20_000))
        .reduce("", String::concat);
  }

  @Test
  void resultsAreKeptAsTheyAreUpToAMillionCharacters() {
    String result = EMOJI.repeat(LedgerEntry.LONGEST_RESULT / 2);

    ledger.record(List.of(Entries.withTexts(null, result))).join();

    assertThat(ledger.find("a.txt", "classify", "").join().orElseThrow().result())
        .isEqualTo(result);
  }

  @Test
  void aLongerResultIsLeftOutAndALongerErrorCut() {
    String result = "x".repeat(LedgerEntry.LONGEST_RESULT + 1);
    String error = "x" + EMOJI.repeat(LedgerEntry.LONGEST_ERROR);

    ledger.record(List.of(Entries.withTexts(error, result))).join();

    LedgerEntry found = ledger.find("a.txt", "classify", "").join().orElseThrow();
    assertThat(found.result()).isNull();
    assertThat(found.error()).hasSize(LedgerEntry.LONGEST_ERROR - 1).endsWith(EMOJI);
  }

  @Test
  void charactersThatNoDatabaseTakesAreReplaced() {
    ledger.record(List.of(Entries.withTexts("a\0b", "c\0d"))).join();

    LedgerEntry found = ledger.find("a.txt", "classify", "").join().orElseThrow();
    assertThat(found.error()).isEqualTo("a\uFFFDb");
    assertThat(found.result()).isEqualTo("c\uFFFDd");
  }

  @Test
  void halfACharacterDoesNoHarm() {
    ledger.record(List.of(Entries.withTexts(null, "a\uD83D"))).join();

    assertThat(ledger.find("a.txt", "classify", "").join().orElseThrow().result()).startsWith("a");
  }

  @Test
  void anEntryThatCannotBeWrittenFailsAlone() {
    List<CompletableFuture<List<LedgerEntry>>> recorded = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      recorded.add(
          ledger.record(List.of(i == 50 ? Entries.bad("bad.txt") : Entries.bare(i + ".txt"))));
    }

    assertThatThrownBy(recorded.get(50)::join)
        .hasCauseInstanceOf(LedgerException.class)
        .hasMessageContaining("The ledger cannot be used: ");
    recorded.remove(50);
    recorded.forEach(CompletableFuture::join);
    assertThat(ledger.find("99.txt", "classify", "").join()).isPresent();
    assertThat(ledger.find("bad.txt", "bad", "").join()).isEmpty();
  }

  @Test
  void manyThreadsMayAskAndRecordAtOnce() throws Exception {
    int threads = 16;
    int each = 100;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "thread-%d-".formatted(t);
        writers.add(
            () -> {
              for (int i = 0; i < each; i++) {
                LedgerEntry entry = Entries.done(name + i, "classify", "h");
                ledger.record(List.of(entry)).get();
                assertThat(ledger.find(name + i, "classify", "").get()).contains(entry);
              }
              return null;
            });
      }
      for (Future<Void> writer : pool.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(ledger.summary().join().stages())
        .containsExactly(
            new LedgerSummary.Sum(
                "classify",
                State.DONE,
                (long) threads * each,
                2L * threads * each,
                10L * threads * each,
                5L * threads * each,
                new BigDecimal("4E+2"),
                "USD"));
  }

  @Test
  void manyMayOpenItAtOnceForTheFirstTime() throws Exception {
    ledger.close();
    String url = url();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> visit =
          () -> {
            try (Ledger other = Ledger.open(url)) {
              other.record(List.of(Entries.bare("a.txt"))).get();
            }
            return null;
          };
      for (Future<Void> visitor : pool.invokeAll(List.of(visit, visit, visit, visit, visit))) {
        visitor.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void severalLedgersMayRecordTheSameEntryAtOnce() throws Exception {
    String url = url();
    List<Ledger> ledgers = List.of(Ledger.open(url), Ledger.open(url), Ledger.open(url));
    try {
      for (int i = 0; i < 50; i++) {
        String name = i + ".txt";
        ledgers.stream()
            .flatMap(
                one ->
                    Stream.of(
                        one.record(List.of(Entries.bare(name))),
                        one.record(List.of(Entries.done(name, "extract", "h"), Entries.bare("x")))))
            .toList()
            .forEach(CompletableFuture::join);
      }
    } finally {
      ledgers.forEach(Ledger::close);
    }

    assertThat(ledger.find("49.txt", "extract", "").join()).isPresent();
  }

  @Test
  void aSummaryTellsStatesAndCurrenciesApart() {
    LedgerEntry done = Entries.done("a.txt", "classify", "h");
    ledger
        .record(
            List.of(
                done,
                Entries.done("b.txt", "classify", "h"),
                Entries.bare("c.txt"),
                Entries.done("d.txt", "classify", "h").failed("No."),
                Entries.done("a.txt", "extract", "h")))
        .join();

    assertThat(ledger.summary().join().stages())
        .containsExactlyInAnyOrder(
            sum("classify", State.DONE, 2, "0.5", "USD"),
            new LedgerSummary.Sum("classify", State.DONE, 1, 1, null, null, null, null),
            sum("classify", State.FAILED, 1, "0.25", "USD"),
            sum("extract", State.DONE, 1, "0.25", "USD"));
  }

  private static LedgerSummary.Sum sum(
      String stage, State state, long entries, String cost, String currency) {
    return new LedgerSummary.Sum(
        stage,
        state,
        entries,
        2 * entries,
        10 * entries,
        5 * entries,
        new BigDecimal(cost),
        currency);
  }

  @Test
  void theRunThatBeganLastIsTheLastOne() {
    assertThat(ledger.summary().join().lastRun()).isNull();
    Instant start = Entries.START;
    LedgerRun first = new LedgerRun("1", start, 10, 2, 1, start.plusSeconds(5), null);
    LedgerRun second =
        new LedgerRun("2", start.plusSeconds(9), 10, 0, 0, start.plusSeconds(9), null);
    LedgerRun secondEnded =
        new LedgerRun(
            "2", start.plusSeconds(9), 10, 10, 0, start.plusSeconds(20), start.plusSeconds(20));

    ledger.record(first).join();
    ledger.record(second).join();
    assertThat(ledger.summary().join().lastRun()).isEqualTo(second);
    ledger.record(secondEnded).join();
    ledger.record(first).join();

    assertThat(ledger.summary().join().lastRun()).isEqualTo(secondEnded);
  }

  @Test
  @SuppressWarnings("try") // closed once more
  void closingWaitsForAllThatWasRecorded() throws Exception {
    String url = url();
    try (Ledger other = Ledger.open(url)) {
      List<CompletableFuture<List<LedgerEntry>>> recorded = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        recorded.add(other.record(List.of(Entries.done(i + ".txt", "classify", "h"))));
      }

      other.close();

      assertThat(recorded).allMatch(CompletableFuture::isDone);
      recorded.forEach(CompletableFuture::join);
    }
    try (Ledger again = Ledger.open(url)) {
      assertThat(again.find("1999.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void afterItIsClosedItFailsAndDoesNotWait() {
    ledger.close();

    for (CompletableFuture<?> asked :
        List.of(
            ledger.find("a.txt", "classify", ""),
            ledger.record(List.of(Entries.bare("a.txt"))),
            ledger.summary())) {
      assertThat(asked).isCompletedExceptionally();
      assertThatThrownBy(asked::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(LedgerException.class)
          .hasMessage("The ledger is closed.");
    }
  }

  @Test
  void aLedgerThatIsThereCanBeLookedAtByAnother() throws Exception {
    String url = url();
    try (Ledger mine = Ledger.open(url);
        Ledger other = Ledger.openExisting(url)) {
      mine.record(List.of(Entries.bare("a.txt"))).join();
      assertThat(other.find("a.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void lookingAtALedgerThatIsNotThereMakesNone() throws Exception {
    ledger.close();
    String url = emptyUrl();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Ledger.openExisting(url))
          .isInstanceOf(LedgerException.class)
          .hasMessage(
              "There is no ledger yet."
                  + " Start a run first, or name the folder or the URL of one.");
    }
  }

  @Test
  void whoNeedsNoLedgerSeesAnEmptyOneWhereThereIsNoneAndMakesNone() throws Exception {
    ledger.close();
    String url = emptyUrl();

    try (Ledger empty = Ledger.openExistingOrEmpty(url)) {
      assertThat(empty.find("a.txt", "classify", "").join()).isEmpty();
    }

    assertThatThrownBy(() -> Ledger.openExisting(url)).hasMessageStartingWith("There is no ledger");
  }

  /** The URL of a place where no ledger has been. */
  abstract String emptyUrl() throws Exception;

  private static LedgerEntry with(LedgerEntry entry, Spending spent) {
    return new LedgerEntry(
        entry.document(),
        entry.stage(),
        entry.part(),
        entry.question(),
        entry.state(),
        entry.attempts(),
        entry.startedAt(),
        spent,
        entry.finishReason(),
        entry.traceId(),
        entry.error(),
        entry.result());
  }
}
