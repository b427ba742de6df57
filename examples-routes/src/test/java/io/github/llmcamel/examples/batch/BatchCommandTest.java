/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The whole job, as a user starts it, on the simulator. */
class BatchCommandTest {

  private static final Path SAMPLES = Path.of("samples", "documents");

  @TempDir private Path out;
  @TempDir private Path folder;
  private final StringWriter terminal = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private CommandLine command = new CommandLine(new BatchCommand());

  @BeforeEach
  void listen() {
    command =
        new CommandLine(new BatchCommand())
            .setOut(new PrintWriter(terminal))
            .setErr(new PrintWriter(errors));
  }

  @Test
  void everySampleIsInTheResultsAndTheBrokenOnesFailAlone() throws IOException {
    int exitCode = run(SAMPLES);

    ObjectNode results = results();
    assertThat(exitCode).isEqualTo(1);
    assertThat(results.size()).isEqualTo(fileCount(SAMPLES));
    assertThat(results.path("empty.txt").path("error").asText())
        .isEqualTo("The document is empty.");
    assertThat(results.path("broken-encoding.txt").path("error").asText()).contains("not UTF-8");
    assertThat(results.findValues("error")).hasSize(2);
    assertThat(terminal.toString())
        .containsPattern("14 documents in \\d+\\.\\d s: 12 done, 2 failed\\.")
        .contains("FAILED: The document is empty.");
  }

  @Test
  void theAnswersAreUsefulToAPipeline() throws IOException {
    run(SAMPLES);

    JsonNode invoice = results().path("invoice-cloud-hosting.md");
    assertThat(invoice.path("label").asText()).isEqualTo("invoice");
    assertThat(invoice.path("summary").asText()).startsWith("[simulated] ");
    assertThat(invoice.path("fields").path("amount").asText()).isEqualTo("USD 1,193.03");
    for (JsonNode stage : invoice.path("stages")) {
      assertThat(stage.path("inputTokens").asLong()).isPositive();
      assertThat(stage.path("outputTokens").asLong()).isPositive();
      assertThat(stage.path("finishReason").asText()).isEqualTo("stop");
    }
    assertThat(invoice.path("stages").fieldNames())
        .toIterable()
        .containsExactly("classify", "summarise", "extract");
    assertThat(results().path("courriel-panne.txt").path("fields").path("language").asText())
        .isEqualTo("fr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "yaml"})
  void bothLanguagesOfTheRouteSayTheSameEveryTime(String dsl) throws IOException {
    run(SAMPLES);
    ObjectNode first = withoutTimes(results());
    listen();
    int exitCode = run(SAMPLES, "--dsl", dsl);

    assertThat(exitCode).isEqualTo(1);
    assertThat(withoutTimes(results())).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "yaml"})
  void theFirstTokenIsTimedOnlyWhereAnswersAreStreamed(String dsl) throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");

    run(folder, "--dsl", dsl);
    assertThat(results().findValues("firstTokenSeconds")).hasSize(3);
    assertThat(terminal.toString()).containsPattern("first token after \\d");

    listen();
    run(folder, "--dsl", dsl, "--no-stream");
    assertThat(results().findValues("seconds")).hasSize(3);
    assertThat(results().findValues("firstTokenSeconds")).isEmpty();
    assertThat(terminal.toString()).contains("first token after unknown");
  }

  @Test
  void aFolderOfGoodDocumentsEndsWithZero() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");

    assertThat(run(folder)).isZero();
  }

  @Test
  void aDocumentThatIsTooLargeFailsAlone() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");
    Files.write(folder.resolve("huge.txt"), "x".repeat(1_000_001).getBytes(StandardCharsets.UTF_8));

    assertThat(run(folder)).isEqualTo(1);
    assertThat(results().path("huge.txt").path("error").asText()).contains("at most 1,000,000");
    assertThat(results().path("a.txt").has("error")).isFalse();
  }

  @Test
  void aServerThatCannotBeReachedFailsEveryDocumentWithItsReason() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");

    int exitCode =
        run(folder, "--provider", "vllm", "--base-url", "http://127.0.0.1:1/v1", "--model", "m");

    assertThat(exitCode).isEqualTo(1);
    assertThat(results().path("a.txt").path("error").asText())
        .startsWith("vllm at 127.0.0.1:1 cannot be reached");
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("| a.txt | vllm at 127.0.0.1:1 cannot be reached");
  }

  @Test
  void aFolderWithoutDocumentsIsAnErrorOfTheArguments() {
    assertThat(run(folder)).isEqualTo(2);
    assertThat(errors.toString()).contains("has no files. Name one with documents.");
  }

  @Test
  void aFileIsNoFolderForResults() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");

    assertThat(command.execute(folder.toString(), "--out", file.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("--out is " + file + ", which is a file.");
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorOfTheArguments() {
    assertThat(run(folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(errors.toString()).contains("nowhere").contains("Name one that exists");
  }

  @Test
  void aProviderThatIsNotThereIsToldInOneLine() {
    assertThat(run(SAMPLES, "--provider", "olama")).isEqualTo(2);
    assertThat(errors.toString())
        .startsWith("There is no provider 'olama'.")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001"})
  void aConcurrencyOutOfRangeIsRefused(String concurrency) {
    assertThat(run(SAMPLES, "--concurrency", concurrency)).isEqualTo(2);
    assertThat(errors.toString())
        .contains("--concurrency is %s; it must be between 1 and 10000.".formatted(concurrency));
  }

  private int run(Path documents, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of(documents.toString(), "--out", out.toString()));
    arguments.addAll(List.of(options));
    return command.execute(arguments.toArray(String[]::new));
  }

  private static ObjectNode withoutTimes(ObjectNode results) {
    for (JsonNode stages : results.findValues("stages")) {
      stages.forEach(stage -> ((ObjectNode) stage).remove(List.of("seconds", "firstTokenSeconds")));
    }
    return results;
  }

  /** The results by file name. */
  private ObjectNode results() throws IOException {
    ObjectNode results = new JsonMapper().createObjectNode();
    for (String line : Files.readAllLines(out.resolve("results.jsonl"))) {
      JsonNode result = new JsonMapper().readTree(line);
      String name = Path.of(result.path("document").asText()).getFileName().toString();
      assertThat(results.replace(name, result)).as("one line for each document").isNull();
    }
    return results;
  }

  private static int fileCount(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.count();
    }
  }
}
