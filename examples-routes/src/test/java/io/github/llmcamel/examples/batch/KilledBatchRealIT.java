/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.examples.documents.TextSplitter;
import io.github.llmcamel.examples.ledger.Ledger;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch over this project's own documentation that is killed while a real model answers, the one
 * of {@code LLAMACPP_BASE_URL}. {@code -Ddocuments=200} is the proof at length, and takes minutes.
 * What the model says does not matter: a tiny one may fail at JSON, twice.
 */
@EnabledIfEnvironmentVariable(named = "LLAMACPP_BASE_URL", matches = ".+")
class KilledBatchRealIT {

  private static final int DOCUMENTS = Integer.getInteger("documents", 20);
  private static final int KILLS = Integer.getInteger("kills", 2);
  private static final long SEED = Long.getLong("seed", 7);
  private static final int STAGES = 3;
  private static final int CONCURRENCY = 4;
  private static final String MOST_TOKENS = "60"; // of an answer: facts need about 40
  private static final int TOKENS_OF_A_PIECE = 150;
  private static final int SHORTEST_PIECE = 200; // characters
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final Random random = new Random(SEED);
  private final RealServer model =
      RealServer.all().stream()
          .filter(named -> named.provider().equals("llamacpp"))
          .findAny()
          .orElseThrow();

  @TempDir private Path folder;
  @TempDir private Path out;

  @Test
  void nothingIsLostAndNoAnswerIsAskedForTwiceButThoseThatWereOut() throws Exception {
    writePieces();
    try (CountingServer server = new CountingServer(new ForwardedAnswers(model.baseUrl()))) {
      long start = System.nanoTime();
      for (int left = KILLS; left > 0; left--) {
        try (ExampleProcess run = start(server)) {
          killInTheMiddle(run, server, left);
        }
      }
      try (ExampleProcess last = start(server)) {
        assertThat(last.await()).as(last.output()).isBetween(0, 1);
      }
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

      int failed = failedOfCompleteResults();
      int repeated = server.calls() - server.questions();
      System.out.printf(
          "%d documents, %d kills, seed %d: %d done, %d failed; %d calls, %d of them repeated, %d"
              + " in the ledger; %d s.%n",
          DOCUMENTS,
          KILLS,
          SEED,
          DOCUMENTS - failed,
          failed,
          server.calls(),
          repeated,
          callsInLedger(),
          seconds);
      assertThat(repeated).isLessThanOrEqualTo(KILLS * CONCURRENCY);
      assertThat(callsInLedger())
          .isBetween((long) server.questions() - repeated, (long) server.calls());
    }
  }

  /** Whole lines and a whole report; returns how many documents failed. */
  private int failedOfCompleteResults() throws IOException {
    BatchOutcome outcome = new BatchOutcome(0, out, "", "");
    ObjectNode results = outcome.results();
    assertThat(results.size()).isEqualTo(DOCUMENTS);
    int failed = 0;
    for (JsonNode result : results) {
      if (result.has("error")) {
        failed++;
      } else {
        assertThat(result.path("stages").size()).as("%s", result).isGreaterThanOrEqualTo(STAGES);
      }
    }
    assertThat(outcome.report())
        .contains("%d documents of".formatted(DOCUMENTS))
        .contains("%d done, %d failed.".formatted(DOCUMENTS - failed, failed));
    assertThat(deadLetters()).isEqualTo(failed);
    return failed;
  }

  private int deadLetters() throws IOException {
    Path letters = out.resolve("dead-letters");
    if (!Files.exists(letters)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(letters)) {
      List<Path> reasons = all.map(letter -> letter.resolve("reason.json")).toList();
      assertThat(reasons).allMatch(Files::exists);
      return reasons.size();
    }
  }

  private long callsInLedger() throws Exception {
    try (Ledger ledger = Ledger.openExisting(Ledger.file(out.resolve("ledger")))) {
      return ledger.summary().join().stages().stream()
          .filter(sum -> !sum.stage().equals(LedgerEntry.WHOLE))
          .mapToLong(LedgerSummary.Sum::attempts)
          .sum();
    }
  }

  private void killInTheMiddle(ExampleProcess run, CountingServer server, int killsLeft)
      throws Exception {
    int left = DOCUMENTS * STAGES - server.questions();
    int enough = server.calls() + 1 + random.nextInt(2 * left / (killsLeft + 1));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> server.calls() > enough || !run.isAlive());
    assertThat(run.isAlive()).as(run.output()).isTrue();
    run.kill();
    Path results = out.resolve("results.jsonl");
    if (Files.exists(results) && Files.size(results) > 0) {
      assertThat(Files.readString(results)).endsWith("}\n");
      assertThat(new BatchOutcome(137, out, "", "").results().size()).isBetween(1, DOCUMENTS);
    }
  }

  private ExampleProcess start(CountingServer server) throws IOException {
    return new ExampleProcess(
        Map.of("BATCH_MAX_TOKENS", MOST_TOKENS),
        Stream.of(
                Stream.of("batch", folder.toString(), "--out", out.toString()),
                Stream.of("--provider", model.provider(), "--base-url", server.url()),
                Stream.of("--model", model.model()),
                Stream.of("--concurrency", String.valueOf(CONCURRENCY)))
            .flatMap(arguments -> arguments)
            .toList());
  }

  /** The documentation, a few hundred characters a piece. */
  private void writePieces() throws IOException {
    List<String> pieces = new ArrayList<>();
    for (Path root : List.of(Path.of("..", "docs"), Path.of(".."), Path.of("."))) {
      try (Stream<Path> files = Files.list(root)) {
        for (Path file : files.filter(KilledBatchRealIT::isMarkdown).sorted().toList()) {
          new TextSplitter(TextSplitter.Cut.PARAGRAPH, TOKENS_OF_A_PIECE, 0)
              .split(Files.readString(file))
              .forEachRemaining(pieces::add);
        }
      }
    }
    Iterator<String> documents =
        pieces.stream().filter(piece -> piece.length() >= SHORTEST_PIECE).distinct().iterator();
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(folder.resolve("piece-%03d.md".formatted(i)), documents.next());
    }
  }

  private static boolean isMarkdown(Path file) {
    return file.toString().endsWith(".md");
  }
}
