/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes documents of the rows of one file. */
final class RowDocuments {

  private final String file;
  private final RowFields fields;
  private final int maxCharacters;

  RowDocuments(String file, RowFields fields, int maxCharacters) {
    this.file = file;
    this.fields = fields;
    this.maxCharacters = maxCharacters;
  }

  /**
   * @param row an object
   */
  Document of(long number, JsonNode row) {
    String id = fields.id() == null ? Long.toString(number) : value(row, fields.id());
    if (id == null) {
      return unreadable(number, "it has no \"%s\"".formatted(fields.id()));
    }
    String text = fields.text() == null ? row.toString() : value(row, fields.text());
    if (text == null) {
      return unreadable(number, "it has no \"%s\"".formatted(fields.text()));
    }
    if (text.length() > maxCharacters) {
      return tooLong(number);
    }
    return new Document.Row(file + "#" + id, file, number, text);
  }

  Document tooLong(long number) {
    return unreadable(
        number, String.format(Locale.ROOT, "it has more than %,d characters", maxCharacters));
  }

  Document unreadable(long number, String problem) {
    return new Document.Unreadable(
        file + "#" + number, "Row %d cannot be read: %s.".formatted(number, problem));
  }

  private static @Nullable String value(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
