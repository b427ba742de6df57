/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.ledger.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  @TempDir private Path out;
  @TempDir private Path documents;
  private Path folder;
  private DeadLetters letters;

  @BeforeEach
  void choosePlace() {
    folder = out.resolve("dead-letters");
    letters = new DeadLetters(folder);
  }

  @Test
  void aLetterHasTheDocumentTheReasonAndTheAnswer() throws IOException {
    letters.write(failed("in/a.txt", "No, sorry.", "Füße"));

    Path letter = onlyLetter();
    assertThat(letter.getFileName()).asString().matches("a\\.txt-[0-9a-f]{12}");
    JsonNode reason = reason(letter);
    assertThat(reason.path("document").asText()).isEqualTo("in/a.txt");
    assertThat(reason.path("reason").asText()).isEqualTo("No JSON.");
    assertThat(reason.path("traceId").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(reason.path("stage").asText()).isEqualTo("extract");
    assertThat(reason.path("attempts").asInt())
        .isEqualTo(Entries.done("in/a.txt", "extract", "h").attempts());
    assertThat(letter.resolve("answer.txt")).hasContent("No, sorry.");
    assertThat(letter.resolve("document.txt")).hasContent("Füße");
  }

  @Test
  void theFileOfADocumentWithoutTextIsCopiedAndOverwritesNothing() throws IOException {
    Path document = Files.write(documents.resolve("reason.json"), new byte[] {(byte) 0xFF});

    letters.write(failed(document.toString(), null, null));

    Path letter = onlyLetter();
    assertThat(reason(letter).path("document").asText()).isEqualTo(document.toString());
    assertThat(letter.resolve("document").resolve("reason.json"))
        .hasBinaryContent(new byte[] {(byte) 0xFF});
    assertThat(letter.resolve("answer.txt")).doesNotExist();
  }

  @Test
  void aDocumentThatIsNoFileHasNone() throws IOException {
    letters.write(failed("https://example.org/docs/", null, null));

    try (Stream<Path> files = Files.list(onlyLetter())) {
      assertThat(files).extracting(Path::getFileName).containsExactly(Path.of("reason.json"));
    }
  }

  @Test
  void documentsOfOneNameHaveLettersOfTheirOwn() throws IOException {
    assertThat("Aa/scan.pdf").hasSameHashCodeAs("BB/scan.pdf");

    letters.write(failed("Aa/scan.pdf", null, "a"));
    letters.write(failed("BB/scan.pdf", null, "b"));

    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).hasSize(2);
    }
  }

  @Test
  void thoseOfAnEarlierRunAreRemoved() throws IOException {
    Path document = Files.write(documents.resolve("a.pdf"), new byte[] {1});
    letters.write(failed(document.toString(), "No.", null));
    letters.write(failed("b.txt", "No.", "b"));

    letters.clear();
    letters.clear();

    assertThat(folder).doesNotExist();
    assertThat(document).exists();
  }

  private static DocumentResult failed(
      String document, @Nullable String answer, @Nullable String text) {
    return new DocumentResult(
        document,
        Map.of(),
        "No JSON.",
        answer,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        Map.of(),
        text,
        List.of(
            Entries.done(document, "classify", "h"),
            Entries.done(document, "extract", "h").failed("No JSON.")));
  }

  private Path onlyLetter() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> letters = all.toList();
      assertThat(letters).hasSize(1);
      return letters.get(0);
    }
  }

  private static JsonNode reason(Path letter) throws IOException {
    return new JsonMapper().readTree(letter.resolve("reason.json").toFile());
  }
}
