/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.documents.Lines.Line;
import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The lines of a JSON Lines file, each an object. The number of a row is that of its line. */
final class JsonRows implements Input {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Document.File file;
  private final RowDocuments documents;
  private final Lines lines;

  JsonRows(Document.File file, RowFields fields, int maxCharacters) throws IOException {
    this.file = file;
    this.documents = new RowDocuments(file.id(), fields, maxCharacters);
    this.lines = new Lines(Files.newInputStream(file.path()), maxCharacters);
  }

  @Override
  public String name() {
    return file.id();
  }

  @Override
  public @Nullable Document next() throws IOException {
    Line line = lines.next();
    if (line == null) {
      return null;
    }
    return line.tooLong() ? documents.tooLong(line.number()) : document(line);
  }

  private Document document(Line line) {
    try {
      JsonNode row = JSON.readTree(line.text());
      return row.isObject()
          ? documents.of(line.number(), row)
          : documents.unreadable(line.number(), "it is no JSON object");
    } catch (JsonProcessingException e) {
      return documents.unreadable(line.number(), "it is no JSON: " + e.getOriginalMessage());
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
