/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.llmcamel.examples.stages.StageResult;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFileTest {

  @TempDir private Path folder;
  private Path file = Path.of("");
  private int lines;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("results.jsonl");
  }

  @Test
  void anOldFileStaysUntilItIsToBeReplaced() throws IOException {
    String old = "old\n".repeat(100);
    Files.writeString(file, old);

    try (ResultsFile results = new ResultsFile(file)) {
      assertThat(file).hasContent(old);
      results.clear();
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  void eachLineIsThereForOthersAtOnceAndLeavesOutWhatIsUnknown() throws IOException {
    StageResult call = DocumentResults.call(7L, null, 0.5, null);
    try (ResultsFile results = new ResultsFile(file)) {
      results.append(DocumentResults.failed("a", "no", Map.of("classify", call)));
      assertThat(file)
          .hasContent(
              """
              {"document":"a","error":"no","stages":\
              {"classify":{"calls":1,"reused":0,"spent":{"inputTokens":7,"seconds":0.5},\
              "finishReason":"stop"}}}
              """);

      results.append(DocumentResults.failed("b", "no"));
      assertThat(Files.readAllLines(file)).hasSize(2);
    }
  }

  @Test
  void whatWasWrittenIsReadInItsOrder() throws IOException {
    StageResult call = DocumentResults.call(7L, 8L, 0.5, 0.25);
    List<DocumentResult> written =
        List.of(
            DocumentResults.completed("b", "log", "It is.", Map.of("extract", call)),
            DocumentResults.failed("a", "no"),
            DocumentResults.failed("c", "no"));
    try (ResultsFile results = new ResultsFile(file)) {
      for (DocumentResult result : written) {
        results.append(result);
      }

      assertThat(read(results)).isEqualTo(written);
    }
  }

  @Test
  void ofDocumentsThatCameMoreThanOnceTheLastLineIsKept() throws IOException {
    try (ResultsFile results = new ResultsFile(file)) {
      for (String name : List.of("a", "b", "a", "c", "a", "b")) {
        results.append(DocumentResults.failed(name, "no. " + ++lines));
      }

      assertThat(results.keepLast()).isTrue();

      assertThat(read(results))
          .containsExactly(
              DocumentResults.failed("c", "no. 4"),
              DocumentResults.failed("a", "no. 5"),
              DocumentResults.failed("b", "no. 6"));
      assertThat(results.keepLast()).isFalse();
      assertThat(folder)
          .isDirectoryContaining(file::equals)
          .isDirectoryNotContaining("glob:**.part");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\r\nc\r", "a\u2028b\u2029c\u0085d", "😀", "\u0000\"\\"})
  void aTextIsOneLineAndReadAsItWas(String text) throws IOException {
    try (ResultsFile results = new ResultsFile(file)) {
      results.append(DocumentResults.failed("a", text));

      assertThat(Files.readAllLines(file)).hasSize(1);
      assertThat(read(results)).containsExactly(DocumentResults.failed("a", text));
    }
  }

  @Test
  void halfACharacterBecomesAQuestionMark() throws IOException {
    try (ResultsFile results = new ResultsFile(file)) {
      results.append(DocumentResults.failed("a", "x\uD83Dy"));

      assertThat(read(results)).containsExactly(DocumentResults.failed("a", "x?y"));
    }
  }

  @Test
  void aLineThatCannotBeWrittenToItsEndIsTakenBack() throws IOException {
    Disk disk = new Disk(file.toFile());
    try (ResultsFile results = new ResultsFile(file, disk)) {
      results.append(DocumentResults.failed("a", "no"));
      disk.isFull = true;
      assertThatIOException()
          .isThrownBy(() -> results.append(DocumentResults.failed("b", "no")))
          .withMessage("No space left on device");
      assertThat(read(results)).containsExactly(DocumentResults.failed("a", "no"));

      disk.isFull = false;
      results.append(DocumentResults.failed("c", "no"));
      assertThat(read(results)).extracting(DocumentResult::document).containsExactly("a", "c");
    }
  }

  @Test
  void aFileThatAnotherRunWritesIsLeftAlone() throws IOException {
    try (ResultsFile results = new ResultsFile(file)) {
      results.append(DocumentResults.failed("a", "no"));

      assertThatIOException()
          .isThrownBy(() -> new ResultsFile(file))
          .withMessage("another run writes " + file);
      assertThat(read(results)).hasSize(1);
    }
    new ResultsFile(file).close();
  }

  @Test
  void aThreadThatIsInterruptedStillWrites() throws IOException {
    try (ResultsFile results = new ResultsFile(file)) {
      Thread.currentThread().interrupt();
      results.append(DocumentResults.failed("a", "no"));
      assertThat(Thread.interrupted()).isTrue();
      results.append(DocumentResults.failed("b", "no"));

      assertThat(read(results)).extracting(DocumentResult::document).containsExactly("a", "b");
    }
  }

  private static List<DocumentResult> read(ResultsFile results) throws IOException {
    List<DocumentResult> read = new ArrayList<>();
    results.forEach(read::add);
    return read;
  }

  /** Writes half a line when it is full. */
  private static final class Disk extends RandomAccessFile {

    boolean isFull;

    Disk(File file) throws IOException {
      super(file, "rw");
    }

    @Override
    public void write(byte[] line) throws IOException {
      write(line, 0, isFull ? line.length / 2 : line.length);
      if (isFull) {
        throw new IOException("No space left on device");
      }
    }
  }
}
