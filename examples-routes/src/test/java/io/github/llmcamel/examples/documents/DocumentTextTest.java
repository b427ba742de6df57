/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTextTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"Füße 😀\r\n", " 1\t", "a\uFEFFb"})
  void theTextIsReadAsItIs(String text) throws Exception {
    assertThat(read(text)).isEqualTo(text);
  }

  @Test
  void aByteOrderMarkIsDropped() throws Exception {
    assertThat(read("\uFEFFDear all")).isEqualTo("Dear all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\u2003", "\uFEFF"})
  void aDocumentWithoutTextIsEmpty(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage("The document is empty.");
  }

  @Test
  void aMillionCharactersAreReadAndNotOneMore() throws Exception {
    assertThat(read("x".repeat(1_000_000))).hasSize(1_000_000);
    assertThatThrownBy(() -> read("x".repeat(1_000_001)))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage(
            "The document has more than 1,000,000 characters; no more are taken into memory.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abé\u00FFc", "abé\u00C3"})
  void theFirstByteThatIsNotUtf8IsTold(String latin1) throws IOException {
    byte[] bytes = latin1.replace("é", "\u00C3\u00A9").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage("The document is not UTF-8 text: the byte at offset 4 cannot be read.");
  }

  @Test
  void aFileThatIsGoneIsToldWithItsPathAndTheReason() {
    Path gone = folder.resolve("gone.txt");

    assertThatThrownBy(() -> new DocumentText().read(Document.File.at(gone)))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage("The document cannot be read: " + new NoSuchFileException(gone.toString()));
  }

  private String read(String text) throws Exception {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(byte[] bytes) throws Exception {
    return new DocumentText()
        .read(Document.File.at(Files.write(folder.resolve("document"), bytes)));
  }
}
