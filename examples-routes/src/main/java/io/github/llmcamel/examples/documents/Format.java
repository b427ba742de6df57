/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.util.Locale;

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
}
