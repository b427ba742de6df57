/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens texts. Plain text comes as a stream of any length; the other formats are unpacked first.
 */
final class Texts {

  private final DocumentLimits limits;

  Texts(DocumentLimits limits) {
    this.limits = limits;
  }

  Reader open(Document document) throws IOException {
    if (document instanceof Document.File file) {
      return open(file.path(), Format.ofName(file.path().toString()), null);
    }
    if (document instanceof Document.Row row) {
      return new StringReader(row.text());
    }
    if (document instanceof Document.Text received) {
      return new StringReader(received.text());
    }
    throw new UnreadableDocumentException(
        document instanceof Document.Unreadable known
            ? known.reason()
            : "The document is not here: it has to be fetched first.");
  }

  /**
   * @param charset null is UTF-8, or what the file itself says
   */
  Reader open(Path file, Format format, @Nullable Charset charset) throws IOException {
    try {
      return unpack(file, format, charset);
    } catch (OutOfMemoryError e) {
      // A few bytes of PDF or HTML can grow to gigabytes; not every step of a parser has a limit.
      throw new UnreadableDocumentException("The document needs more memory than there is.", e);
    }
  }

  private Reader unpack(Path file, Format format, @Nullable Charset charset) throws IOException {
    return switch (format) {
      case DOCX -> DocxText.open(small(file), limits);
      case HTML -> HtmlText.open(small(file), charset);
      case PDF -> PdfText.open(small(file), limits.maxCharacters());
      case CSV, JSON_LINES, TEXT ->
          new StrictReader(
              Files.newInputStream(file), charset == null ? StandardCharsets.UTF_8 : charset);
    };
  }

  private Path small(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      throw new UnreadableDocumentException("The document is empty.");
    }
    if (size > limits.maxFileBytes()) {
      throw new UnreadableDocumentException(
          String.format(
              Locale.ROOT,
              "The document has %,d bytes; at most %,d are read.",
              size,
              limits.maxFileBytes()));
    }
    return file;
  }

  /** The whole text of a document. */
  String read(Document document) throws IOException {
    try (Reader text = open(document)) {
      return whole(text);
    }
  }

  /** The whole text of a file, as {@link #open(Path, Format, Charset)} says. */
  String read(Path file, Format format, @Nullable Charset charset) throws IOException {
    try (Reader text = open(file, format, charset)) {
      return whole(text);
    }
  }

  private String whole(Reader text) throws IOException {
    StringBuilder whole = new StringBuilder();
    char[] buffer = new char[8192];
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      whole.append(buffer, 0, count);
      if (whole.length() > limits.maxCharacters()) {
        throw tooLong(limits.maxCharacters());
      }
    }
    String read = whole.toString();
    if (read.isBlank()) {
      throw new UnreadableDocumentException("The document is empty.");
    }
    return read;
  }

  static UnreadableDocumentException tooLong(int maxCharacters) {
    return new UnreadableDocumentException(
        String.format(
            Locale.ROOT,
            "The document has more than %,d characters; no more are taken into memory.",
            maxCharacters));
  }
}
