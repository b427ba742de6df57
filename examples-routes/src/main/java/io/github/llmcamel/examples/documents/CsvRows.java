/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file: commas, double quotes, names of columns in the first row, UTF-8. A row
 * whose quotes are wrong ends the file, for nobody knows where the next one begins.
 */
final class CsvRows implements Input {

  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();
  private static final JsonMapper JSON = new JsonMapper();

  /** What the parser reads ahead does not count. */
  private static final int READ_AHEAD = 8192;

  private final Document.File file;
  private final RowDocuments documents;
  private final LimitedReader text;
  private final Iterator<CSVRecord> rows;
  private long last;

  CsvRows(Document.File file, RowFields fields, int maxCharacters) throws IOException {
    this.file = file;
    this.documents = new RowDocuments(file.id(), fields, maxCharacters);
    this.text =
        new LimitedReader(
            new StrictReader(Files.newInputStream(file.path()), StandardCharsets.UTF_8),
            maxCharacters + READ_AHEAD);
    this.rows = parse(text);
  }

  private static Iterator<CSVRecord> parse(LimitedReader text) throws IOException {
    try {
      return CSV.parse(text).iterator();
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e instanceof UnreadableDocumentException known
          ? known
          : new UnreadableDocumentException(
              "The first row of the CSV file does not name its columns: " + e.getMessage(), e);
    }
  }

  @Override
  public String name() {
    return file.id();
  }

  @Override
  public @Nullable Document next() throws IOException {
    text.restart();
    try {
      return rows.hasNext() ? document(rows.next()) : null;
    } catch (UncheckedIOException e) {
      throw new UnreadableDocumentException(
          "The CSV file cannot be read after row %d: %s".formatted(last, reason(e)), e);
    }
  }

  /** The parser wraps what it says itself, and once more what its reader says. */
  private static @Nullable String reason(UncheckedIOException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : cause.getMessage();
  }

  private Document document(CSVRecord row) {
    last = row.getRecordNumber();
    if (!row.isConsistent()) {
      return documents.unreadable(
          last, "it has %d fields, not one for each column".formatted(row.size()));
    }
    return documents.of(last, JSON.valueToTree(row.toMap()));
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
