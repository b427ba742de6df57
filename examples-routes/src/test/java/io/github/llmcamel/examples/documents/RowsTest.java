/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {

  private static final DocumentLimits TWENTY = new DocumentLimits(1_000, 20);

  @TempDir private Path folder;

  @Test
  void aRowOfCsvIsAnObject() throws Exception {
    Path file = file("a.csv", "\uFEFFname,text\r\nFüße,\"one, \"\"two\"\"\nthree\"\n\n,x\n");

    assertThat(rows(file))
        .containsExactly(
            row(file, 1, "{\"name\":\"Füße\",\"text\":\"one, \\\"two\\\"\\nthree\"}"),
            row(file, 2, "{\"name\":\"\",\"text\":\"x\"}"));
  }

  @Test
  void aRowOfJsonLinesIsItsObject() throws Exception {
    Path file = file("a.jsonl", "{\"n\": 1}\n\n  {\"text\":\"two\"}\r\n");

    assertThat(rows(file))
        .containsExactly(row(file, 1, "{\"n\":1}"), row(file, 3, "{\"text\":\"two\"}"));
  }

  @Test
  void twoFieldsMayBeTheTextAndTheId() throws Exception {
    RowFields fields = new RowFields("text", "id");
    Path csv = file("a.csv", "id,text\nA-1,Dear all\n");
    Path json =
        file("a.ndjson", "{\"id\":7,\"text\":[\"a\"]}\n{\"id\":8,\"text\":null}\n{\"text\":\"x\"}");

    assertThat(rows(csv, fields, DocumentLimits.DEFAULT))
        .containsExactly(new Document.Row(csv + "#A-1", csv.toString(), 1, "Dear all"));
    assertThat(rows(json, fields, DocumentLimits.DEFAULT))
        .containsExactly(
            new Document.Row(json + "#7", json.toString(), 1, "[\"a\"]"),
            unreadable(json, 2, "it has no \"text\""),
            unreadable(json, 3, "it has no \"id\""));
    assertThat(rows(csv, fields, DocumentLimits.DEFAULT).get(0).place()).isEqualTo(csv + ", row 1");
  }

  @Test
  void aBrokenRowFailsAlone() throws Exception {
    Path csv = file("a.csv", "a,b\n1,2\n1\n1,2,3\n3,4\n");
    Path json = file("a.jsonl", "{\"n\":1}\n{\"n\":\n[1]\n{}{}\n{\"n\":5}\n");

    assertThat(rows(csv))
        .containsExactly(
            row(csv, 1, "{\"a\":\"1\",\"b\":\"2\"}"),
            unreadable(csv, 2, "it has 1 fields, not one for each column"),
            unreadable(csv, 3, "it has 3 fields, not one for each column"),
            row(csv, 4, "{\"a\":\"3\",\"b\":\"4\"}"));
    assertThat(rows(json)).hasSize(5).first().isEqualTo(row(json, 1, "{\"n\":1}"));
    assertThat(rows(json)).last().isEqualTo(row(json, 5, "{\"n\":5}"));
    assertThat(rows(json).subList(1, 4)).allMatch(Document.Unreadable.class::isInstance);
    assertThat(rows(json).get(2)).isEqualTo(unreadable(json, 3, "it is no JSON object"));
  }

  @Test
  void aRowThatIsTooLongFailsAlone() throws Exception {
    Path csv = file("a.csv", "a\n" + "x".repeat(30) + "\nx\n");
    Path json = file("a.jsonl", "{\"a\":\"" + "x".repeat(30_000) + "\"}\n{}\n");

    assertThat(rows(csv, RowFields.WHOLE, TWENTY))
        .containsExactly(
            unreadable(csv, 1, "it has more than 20 characters"), row(csv, 2, "{\"a\":\"x\"}"));
    assertThat(rows(json, RowFields.WHOLE, TWENTY))
        .containsExactly(unreadable(json, 1, "it has more than 20 characters"), row(json, 2, "{}"));
  }

  @Test
  void aRowOfCsvWithoutEndEndsItsFile() throws Exception {
    Path file = file("a.csv", "a\n1\n\"" + "x\n".repeat(30_000));

    assertThat(rows(file, RowFields.WHOLE, TWENTY))
        .containsExactly(
            row(file, 1, "{\"a\":\"1\"}"),
            new Document.Unreadable(
                file.toString(),
                "The CSV file cannot be read after row 1: a row has more than 8,212 characters."));
  }

  @Test
  void wrongQuotesEndTheirFile() throws Exception {
    Path file = file("a.csv", "a\n1\n\"x\"y\n2\n");

    assertThat(rows(file)).hasSize(2).first().isEqualTo(row(file, 1, "{\"a\":\"1\"}"));
    assertThat(rows(file))
        .last()
        .asInstanceOf(InstanceOfAssertFactories.type(Document.Unreadable.class))
        .satisfies(
            failed -> {
              assertThat(failed.id()).isEqualTo(file.toString());
              assertThat(failed.reason()).startsWith("The CSV file cannot be read after row 1: ");
            });
  }

  @Test
  void bytesThatAreNotUtf8EndTheirFile() throws Exception {
    Path file =
        Files.write(
            folder.resolve("a.jsonl"),
            "{}\n{\"a\":\"\u00FF\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(rows(file))
        .containsExactly(
            new Document.Unreadable(
                file.toString(),
                "The document is not UTF-8 text: the byte at offset 9 cannot be read."));
  }

  @Test
  void aFileWithoutRowsHasNoDocuments() throws Exception {
    assertThat(rows(file("a.csv", ""))).isEmpty();
    assertThat(rows(file("b.csv", "a,b\n"))).isEmpty();
    assertThat(rows(file("a.jsonl", "\n"))).isEmpty();
  }

  @Test
  void twoColumnsWithOneNameAreNoNames() throws Exception {
    Path file = file("a.csv", "a,a\n1,2\n");

    assertThat(rows(file))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.type(Document.Unreadable.class))
        .extracting(Document.Unreadable::reason)
        .asString()
        .startsWith("The first row of the CSV file does not name its columns: ");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static Document row(Path file, long number, String text) {
    return new Document.Row(file + "#" + number, file.toString(), number, text);
  }

  private static Document unreadable(Path file, long number, String problem) {
    return new Document.Unreadable(
        file + "#" + number, "Row %d cannot be read: %s.".formatted(number, problem));
  }

  private static List<Document> rows(Path file) throws IOException {
    return rows(file, RowFields.WHOLE, DocumentLimits.DEFAULT);
  }

  private static List<Document> rows(Path file, RowFields fields, DocumentLimits limits)
      throws IOException {
    List<Document> rows = new ArrayList<>();
    try (DocumentSource source =
        DocumentSource.of(
            List.of(file.toString()),
            other -> false,
            fields,
            limits,
            InputStream.nullInputStream())) {
      source.forEachRemaining(rows::add);
    }
    return rows;
  }
}
