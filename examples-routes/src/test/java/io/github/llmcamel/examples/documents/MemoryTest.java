/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads in a process whose heap has less than 30 megabytes besides the table of tokens. */
class MemoryTest {

  private static final String HEAP = "-Xmx64m";

  @TempDir private Path folder;

  @Test
  void aHundredThousandDocumentsPassBy() throws Exception {
    String line = "{\"text\":\"Dear all\",\"rest\":\"%s\"}\n".formatted("x".repeat(500));
    write("rows.jsonl", line, 90_000);
    for (int i = 0; i < 10_000; i++) {
      Files.writeString(folder.resolve("document-number-%d.txt".formatted(i)), "Dear all");
    }

    assertThat(count(folder)).containsExactly("100000 documents, 100000 pieces, 0 failed");
  }

  @Test
  void whatIsLargerThanTheHeapIsReadInPiecesOrFailsAlone() throws Exception {
    Path page = write("page.html", "<p>".repeat(1_000), 3_000);
    Path text = write("text.txt", "one two three four ".repeat(1_000), 1_500);

    assertThat(count(bomb(), page, text))
        .containsExactly(
            "The PDF has no text on its 1 page(s); it may be a scan.",
            "The document needs more memory than there is.",
            "3 documents, 6667 pieces, 2 failed");
  }

  private Path write(String name, String part, int count) throws IOException {
    Path file = folder.resolve(name);
    try (Writer out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        out.write(part);
      }
    }
    return file;
  }

  /** A small file with a page that is not. */
  private Path bomb() throws IOException {
    Path file = folder.resolve("bomb.pdf");
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      page.setContents(new PDStream(pdf, blanks(100_000_000), COSName.FLATE_DECODE));
      pdf.addPage(page);
      pdf.save(file.toFile());
    }
    return file;
  }

  private static InputStream blanks(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        left--;
        return left < 0 ? -1 : ' ';
      }

      @Override
      public int read(byte[] target, int start, int length) {
        int count = (int) Math.min(length, left);
        Arrays.fill(target, start, start + count, (byte) ' ');
        left -= count;
        return count == 0 ? -1 : count;
      }
    };
  }

  private static List<String> count(Path... inputs) throws IOException {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            HEAP,
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CountPieces.class.getName()),
                        Stream.of(inputs).map(Path::toString))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
