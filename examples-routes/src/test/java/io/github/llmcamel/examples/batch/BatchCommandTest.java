/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.examples.launch.Dsl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job, as a user starts it, on the simulator. */
class BatchCommandTest {

  private static final Path SAMPLES = Path.of("samples", "documents");
  private static final String FACTS =
      "{\"title\":\"t\",\"date\":null,\"sender\":null,\"amount\":null,\"language\":\"en\"}";

  @TempDir private Path out;
  @TempDir private Path folder;
  @TempDir private Path other;

  @Test
  void everySampleIsInTheResultsAndTheBrokenOnesFailAlone() throws IOException {
    BatchOutcome run = run(SAMPLES);

    ObjectNode results = run.results();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(results.size()).isEqualTo(fileCount(SAMPLES));
    assertThat(results.path("empty.txt").path("error").asText())
        .isEqualTo("The document is empty.");
    assertThat(results.path("broken-encoding.txt").path("error").asText()).contains("not UTF-8");
    assertThat(results.findValues("error")).hasSize(2);
    assertThat(run.output())
        .containsPattern("14 documents in \\d+\\.\\d s: 12 done, 2 failed\\.")
        .contains("FAILED: The document is empty.");
  }

  @Test
  void theAnswersAreUsefulToAPipeline() throws IOException {
    ObjectNode results = run(SAMPLES).results();

    JsonNode invoice = results.path("invoice-cloud-hosting.md");
    assertThat(invoice.path("label").asText()).isEqualTo("invoice");
    assertThat(invoice.path("summary").asText()).startsWith("[simulated] ");
    assertThat(invoice.path("fields").path("amount").asText()).isEqualTo("USD 1,193.03");
    for (JsonNode stage : invoice.path("stages")) {
      assertThat(stage.path("spent").path("inputTokens").asLong()).isPositive();
      assertThat(stage.path("spent").path("outputTokens").asLong()).isPositive();
      assertThat(stage.path("finishReason").asText()).isEqualTo("stop");
    }
    assertThat(invoice.path("stages").fieldNames())
        .toIterable()
        .containsExactly("classify", "summarise", "extract");
    assertThat(results.path("courriel-panne.txt").path("fields").path("language").asText())
        .isEqualTo("fr");
  }

  @ParameterizedTest
  @EnumSource
  void allLanguagesOfTheRouteSayTheSameEveryTime(Dsl dsl) throws IOException {
    ObjectNode first = withoutTimes(run(SAMPLES).results());

    BatchOutcome second = BatchOutcome.of(SAMPLES, other, "--dsl", dsl.name());

    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(withoutTimes(second.results())).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstTokenIsTimedOnlyWhereAnswersAreStreamed(Dsl dsl) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");

    BatchOutcome streamed = run(folder, "--dsl", dsl.name());
    assertThat(streamed.results().findValues("firstTokenSeconds")).hasSize(3);
    assertThat(streamed.output()).containsPattern("first token after \\d");

    BatchOutcome whole = BatchOutcome.of(folder, other, "--dsl", dsl.name(), "--no-stream");
    assertThat(whole.results().findValues("seconds")).hasSize(3);
    assertThat(whole.results().findValues("firstTokenSeconds")).isEmpty();
    assertThat(whole.output()).contains("first token after unknown");
  }

  @Test
  void aFolderOfGoodDocumentsEndsWithZero() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");

    assertThat(run(folder).exitCode()).isZero();
  }

  @Test
  void aDocumentThatIsTooLargeFailsAlone() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");
    Files.write(folder.resolve("huge.txt"), "x".repeat(1_000_001).getBytes(StandardCharsets.UTF_8));

    BatchOutcome run = run(folder);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.results().path("huge.txt").path("error").asText())
        .contains("more than 1,000,000");
    assertThat(run.results().path("a.txt").has("error")).isFalse();
  }

  @Test
  void aServerThatCannotBeReachedFailsEveryDocumentWithItsReason() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");

    System.setProperty("batch.redeliveries", "0");
    BatchOutcome run;
    try {
      run =
          run(folder, "--provider", "vllm", "--base-url", "http://127.0.0.1:1/v1", "--model", "m");
    } finally {
      System.clearProperty("batch.redeliveries");
    }

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.results().path("a.txt").path("error").asText())
        .startsWith("vllm at 127.0.0.1:1 cannot be reached");
    assertThat(run.report()).contains("a.txt | vllm at 127.0.0.1:1 cannot be reached");
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatComesTooEarlyIsRepeatedWhenTheProviderSays(Dsl dsl) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    try (AnsweringServer server =
        new AnsweringServer(List.of("invoice", "429", "429", "It is one.", "429", FACTS))) {
      BatchOutcome run = run(server, "vllm", "--dsl", dsl.name());

      assertThat(run.results().path("a.txt").path("error").asText()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(server.isExhausted()).isTrue();
    }
  }

  @Test
  void aServerThatHangsUpIsAskedAgain() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    try (AnsweringServer server =
        new AnsweringServer(List.of("invoice", AnsweringServer.HANGS_UP, "It is one.", FACTS))) {
      BatchOutcome run = run(server, "vllm");

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(server.isExhausted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AnsweringServer.LATER, AnsweringServer.HANGS})
  void theDeadlineEndsWhatIsUnderWay(String answer) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    try (AnsweringServer server = new AnsweringServer(List.of("invoice", answer))) {
      BatchOutcome run = run(server, "vllm", "--deadline", "2s");

      assertThat(run.exitCode()).isOne();
      assertThat(server.isExhausted()).isTrue();
      assertThat(run.output()).contains("1 documents are left. The deadline");
      assertThat(run.report()).contains("1 documents are left. The deadline");
      assertThat(run.results()).isEmpty();
    }
    try (AnsweringServer server = new AnsweringServer(List.of("It is one.", FACTS))) {
      assertThat(run(server, "vllm").exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongDocumentIsCondensedBeforeItIsAskedAbout(Dsl dsl) throws IOException {
    Files.writeString(
        folder.resolve("long.txt"), "Invoice no. 1. Total due: EUR 10.00.\n\n".repeat(700));

    JsonNode result = run(folder, "--dsl", dsl.name()).results().path("long.txt");

    assertThat(result.path("label").asText()).isEqualTo("invoice");
    assertThat(result.path("stages").fieldNames())
        .toIterable()
        .containsExactly("condense", "classify", "summarise", "extract");
    assertThat(result.path("stages").path("condense").path("calls").asInt()).isBetween(3, 6);
    assertThat(result.path("stages").path("classify").path("spent").path("inputTokens").asLong())
        .isLessThan(3000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anEmptyAnswerFailsItsDocument(int stage) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    List<String> answers = new ArrayList<>(List.of("invoice", "It is one.", FACTS));
    answers.set(stage, "");
    answers.add(""); // to the one call that asks for JSON again
    try (AnsweringServer server = new AnsweringServer(answers)) {
      BatchOutcome run = run(server, "vllm");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.results().path("a.txt").path("error").asText())
          .isEqualTo(
              "The model was asked at the stage %s and said nothing; it ended with stop."
                  .formatted(List.of("classify", "summarise", "extract-repair").get(stage)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ofADocumentWithAnEmptyAnswerOnlyThatStageIsAskedAgain(int stage) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    List<String> good = List.of("invoice", "It is one.", FACTS);
    List<String> answers = new ArrayList<>(good.subList(0, stage));
    answers.add("");
    if (stage == 2) {
      answers.add(""); // to the one call that asks for JSON again
    }
    try (AnsweringServer server = new AnsweringServer(answers)) {
      assertThat(run(server, "vllm").exitCode()).isOne();
      assertThat(server.isExhausted()).isTrue();
      assertThat(run(server, "vllm").exitCode()).as("nothing is asked unbidden").isOne();
    }

    try (AnsweringServer server = new AnsweringServer(good.subList(stage, 3))) {
      BatchOutcome again = run(server, "vllm", "--retry-failed");

      assertThat(again.exitCode()).as(again.output()).isZero();
      assertThat(server.isExhausted()).isTrue();
      assertThat(again.results().path("a.txt").path("summary").asText()).isEqualTo("It is one.");
    }
  }

  @Test
  void theAnswerThatADocumentFailedWithIsKept() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    try (AnsweringServer server =
        new AnsweringServer(List.of("invoice", "It is.", "No.", "Sorry."))) {
      assertThat(run(server, "vllm").results().path("a.txt").path("answer").asText())
          .isEqualTo("Sorry.");
    }
  }

  @Test
  void theDefaultProviderIsAskedWhereTheBaseUrlSays() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    System.setProperty("camel.component.llm.default-provider", "vllm");
    try (AnsweringServer server = new AnsweringServer(List.of("invoice", "It is one.", FACTS))) {
      BatchOutcome run = run(server, "default");

      assertThat(run.exitCode()).as(run.errors()).isZero();
      assertThat(server.isExhausted()).isTrue();
    } finally {
      System.clearProperty("camel.component.llm.default-provider");
    }
  }

  @Test
  void aDryRunSaysWhatARunWouldComeToAndLeavesNothingBehind() throws IOException {
    Path prices =
        Files.writeString(
            folder.resolve("prices.csv"),
            """
            provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
            vllm,m,1,,,2,EUR,2026-01-01,https://example.org/prices
            """);

    BatchOutcome run =
        BatchOutcome.of(
            SAMPLES,
            other,
            "--dry-run",
            "--provider",
            "vllm",
            "--model",
            "m",
            "--base-url",
            "http://127.0.0.1:1/v1",
            "--prices",
            prices.toString());

    assertThat(run.errors()).isEmpty();
    assertThat(run.output())
        .contains(
            "14 documents, 2 of them unreadable or failed before; 36 calls to be made, 0 answers known.")
        .contains("at most 7,200 output tokens")
        .containsPattern("Cost: about 0\\.\\d+ EUR, at most 0\\.\\d+ EUR\\.");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void aDryRunKeepsToNoBudgetOfMoneyOfTheEndpoints() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    System.setProperty("camel.component.llm.max-cost-per-exchange", "0.01");
    try {
      assertThat(run(folder, "--dry-run", "--provider", "vllm", "--model", "m").output())
          .contains("1 documents, 0 of them unreadable")
          .contains("3 calls to be made");
    } finally {
      System.clearProperty("camel.component.llm.max-cost-per-exchange");
    }
  }

  @Test
  void aBudgetOfTokensIsNotExceededAndTheNextRunGoesOn() throws IOException {
    BatchOutcome first = run(SAMPLES, "--max-tokens", "9000", "--concurrency", "1");

    int done = first.results().size();
    assertThat(first.output()).contains("documents are left. The budget is 9,000 tokens;");
    assertThat(done).isBetween(3, 13);
    assertThat(
            first.results().findValuesAsText("inputTokens").stream()
                .mapToLong(Long::parseLong)
                .sum())
        .isLessThanOrEqualTo(9000);

    BatchOutcome second = run(SAMPLES);

    assertThat(second.results().size()).isEqualTo(14);
    assertThat(second.output()).contains("answers are from an earlier run.");
  }

  @Test
  void whatFailedStaysFailedUntilItIsToBeTriedAgain() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    try (AnsweringServer server =
        new AnsweringServer(List.of("invoice", "It is one.", "No.", "No."))) {
      assertThat(run(server, "vllm").exitCode()).isOne();
      assertThat(lettersOfADocumentThatFailed())
          .contains("\"reason\" : \"The model was asked for JSON")
          .contains("\"stage\" : \"extract-repair\"", "\"attempts\" : 1")
          .endsWith("|No.|Invoice no. 1\n");
      assertThat(server.isExhausted()).isTrue();
    }
    try (AnsweringServer server = new AnsweringServer(List.of(FACTS))) {
      assertThat(run(server, "vllm").results().path("a.txt").path("error").asText())
          .contains("something else");
      assertThat(server.isExhausted()).isFalse();

      assertThat(run(server, "vllm", "--retry-failed").exitCode()).isZero();
      assertThat(server.isExhausted()).isTrue();
      assertThat(out.resolve("dead-letters")).doesNotExist();
    }
  }

  @Test
  void hiddenFilesAreNoDocuments() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    Files.createFile(folder.resolve(".DS_Store"));

    assertThat(run(folder).results().fieldNames()).toIterable().containsExactly("a.txt");
  }

  @Test
  void fieldsOfRowsAreTheirTextAndTheirId() throws IOException {
    Path rows =
        Files.writeString(
            folder.resolve("rows.csv"), "key,letter\nA-1,Invoice no. 1\nA-2,\nA-3,Minutes\n");

    BatchOutcome run = run(rows, "--text-field", "letter", "--id-field", "key");

    assertThat(run.results().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("rows.csv#A-1", "rows.csv#A-2", "rows.csv#A-3");
    assertThat(run.results().path("rows.csv#A-2").path("error").asText())
        .isEqualTo("The document is empty.");
    assertThat(run.output()).contains("3 documents in", "2 done, 1 failed");
  }

  @Test
  void aFieldThatNoRowHasFailsEachRow() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"a\": 1}\n{\"a\": 2}\n");

    assertThat(run(rows, "--text-field", "b").results().findValuesAsText("error"))
        .containsExactlyInAnyOrder(
            "Row 1 cannot be read: it has no \"b\".", "Row 2 cannot be read: it has no \"b\".");
  }

  @Test
  void aChangedTextFieldIsAskedAboutAgain() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.jsonl"), "{\"a\":\"x\",\"b\":\"y\"}\n");
    run(rows, "--text-field", "a");

    assertThat(run(rows, "--text-field", "b").output()).doesNotContain("earlier run");
    assertThat(run(rows, "--text-field", "b").output())
        .contains("3 answers are from an earlier run.");
  }

  @Test
  void standardInputNamesDocuments() throws IOException {
    Path a = Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    Path b = Files.writeString(folder.resolve("b.txt"), "Minutes\n");
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream("%s%n%s%n".formatted(a, b).getBytes(StandardCharsets.UTF_8)));
    try {
      BatchOutcome run = run(Path.of("-"));

      assertThat(run.exitCode()).as(run.errors()).isZero();
      assertThat(run.results().fieldNames()).toIterable().containsOnly("a.txt", "b.txt");
      assertThat(run.output()).contains("1/2", "2/2");
      assertThat(run.report()).contains("2 documents of - in");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatRunsLeaveBehindIsNoDocumentOfTheNextOne() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");
    Files.createFile(folder.resolve("b.txt"));
    Path inside = folder.resolve("out");
    BatchOutcome.of(folder, inside);
    Files.writeString(Files.createDirectories(inside.resolve("more")).resolve("c.txt"), "Minutes");

    BatchOutcome run = BatchOutcome.of(folder, inside);

    assertThat(run.results().fieldNames()).toIterable().containsOnly("a.txt", "b.txt", "c.txt");
    assertThat(inside).isDirectoryContaining("glob:**/{report.md,dead-letters,ledger.mv.db}");
    for (String own : List.of("results.jsonl", "dead-letters", "dead-letters/..")) {
      assertThat(BatchOutcome.of(inside.resolve(own), inside).exitCode()).as(own).isEqualTo(2);
    }
    assertRefused(
        BatchOutcome.of(inside.resolve("results.jsonl"), inside),
        "results.jsonl is what a run before has written, and this one would replace it. Name"
            + " another --out.");
  }

  @Test
  void theFolderOfTheDocumentsIsNoPlaceForResults() throws IOException {
    Path report = Files.writeString(folder.resolve("report.md"), "My own.");

    assertRefused(BatchOutcome.of(folder, folder), "--out is the folder of the documents.");
    assertThat(report).hasContent("My own.");
  }

  @Test
  void aSchemaThatIsNotThereIsToldBeforeAnythingIsAsked() {
    System.setProperty("batch.schema", "classpath:no.json");
    try {
      assertRefused(run(SAMPLES), "no.json");
    } finally {
      System.clearProperty("batch.schema");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "error", "stages", "document", "values"})
  void aValueThatResultsHaveAlreadyIsToldBeforeAnythingIsAsked(String name) {
    System.setProperty("batch.values", "label, " + name);
    try {
      assertRefused(run(SAMPLES), "batch.values names the variable " + name);
    } finally {
      System.clearProperty("batch.values");
    }
  }

  @Test
  void aFolderWithoutDocumentsIsAnErrorOfTheArguments() {
    assertRefused(
        run(folder), "There are no files in " + folder + ". Name files or folders with documents.");
  }

  @Test
  void aFileIsNoFolderForResults() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");

    assertRefused(BatchOutcome.of(folder, file), "--out is " + file + ", which is a file.");
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorOfTheArguments() {
    assertRefused(run(folder.resolve("nowhere")), "nowhere. Name one that exists.");
  }

  @Test
  void aProviderThatIsNotThereIsToldInOneLine() {
    BatchOutcome run = run(SAMPLES, "--provider", "olama");

    assertRefused(run, "There is no provider 'olama'.");
    assertThat(run.errors()).doesNotContain("\tat ");
  }

  @Test
  void aRunThatDoesNotStartLeavesTheResultsOfTheLastOne() throws IOException {
    BatchOutcome before = run(SAMPLES);
    ObjectNode results = before.results();
    String report = before.report();

    BatchOutcome run = run(SAMPLES, "--provider", "olama");

    assertThat(run.results()).isEqualTo(results);
    assertThat(run.report()).isEqualTo(report);
  }

  @Test
  void aSecondRunOfTheSameResultsIsRefusedBeforeItsRouteStarts() throws IOException {
    Path results = new OutFolder(out).results();
    try (ResultsFile first = new ResultsFile(results)) {
      first.clear();

      assertRefused(run(SAMPLES, "--provider", "olama"), "another run writes " + results);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001"})
  void aConcurrencyOutOfRangeIsRefused(String concurrency) {
    assertRefused(
        run(SAMPLES, "--concurrency", concurrency),
        "--concurrency is %s; it must be auto, or between 1 and 1000.".formatted(concurrency));
  }

  @Test
  void moreConsumersThanAWorkerHasAreRefused() {
    assertRefused(
        run(SAMPLES, "--concurrency", "257", "--distribute", "kafka:nowhere:9092"),
        "--concurrency is 257; it must be auto, or between 1 and 256 with --distribute.");
  }

  /** The reason, the answer and the document. */
  private String lettersOfADocumentThatFailed() throws IOException {
    try (Stream<Path> letters = Files.list(out.resolve("dead-letters"))) {
      Path letter = letters.findFirst().orElseThrow();
      return Files.readString(letter.resolve("reason.json"))
          + "|"
          + Files.readString(letter.resolve("answer.txt"))
          + "|"
          + Files.readString(letter.resolve("document.txt"));
    }
  }

  private static void assertRefused(BatchOutcome run, String reason) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains(reason);
  }

  private BatchOutcome run(AnsweringServer server, String provider, String... options) {
    return run(
        folder,
        Stream.concat(
                Stream.of("--base-url", server.url(), "--provider", provider, "--model", "m"),
                Stream.concat(Stream.of("--no-stream"), Stream.of(options)))
            .toArray(String[]::new));
  }

  private BatchOutcome run(Path documents, String... options) {
    return BatchOutcome.of(documents, out, options);
  }

  private static ObjectNode withoutTimes(ObjectNode results) {
    results.forEach(result -> ((ObjectNode) result).remove("traceId"));
    for (JsonNode stages : results.findValues("stages")) {
      stages
          .findParents("seconds")
          .forEach(spent -> ((ObjectNode) spent).remove(List.of("seconds", "firstTokenSeconds")));
    }
    return results;
  }

  private static int fileCount(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.count();
    }
  }
}
