/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the text of a document is packed. */
enum Format {
  CSV,
  DOCX,
  HTML,
  JSON_LINES,
  PDF,
  /** UTF-8, as it is: also Markdown, logs, and everything that has an unknown name. */
  TEXT;

  /** What the ending of a file's name says. */
  static Format ofName(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "csv" -> CSV;
      case "docx" -> DOCX;
      case "htm", "html", "xhtml" -> HTML;
      case "jsonl", "ndjson" -> JSON_LINES;
      case "pdf" -> PDF;
      default -> TEXT;
    };
  }

  /**
   * What a server says; null if it is nothing that has text. Rows that are fetched are one text.
   *
   * @param mediaType in lower case, without parameters
   */
  static @Nullable Format ofMediaType(String mediaType) {
    return switch (mediaType) {
      case "application/pdf" -> PDF;
      case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> DOCX;
      case "text/html", "application/xhtml+xml" -> HTML;
      case "application/json", "application/xml", "application/yaml", "application/x-ndjson" ->
          TEXT;
      default -> mediaType.startsWith("text/") ? TEXT : null;
    };
  }
}
