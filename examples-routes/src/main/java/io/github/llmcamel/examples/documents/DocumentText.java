/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** A step of a route: the text of a document takes the place of the document. Thread-safe. */
public final class DocumentText {

  private final DocumentLimits limits;
  private final Texts texts;

  /** Reads within {@link DocumentLimits#DEFAULT}. */
  public DocumentText() {
    this(DocumentLimits.DEFAULT);
  }

  public DocumentText(DocumentLimits limits) {
    this.limits = limits;
    this.texts = new Texts(limits);
  }

  /**
   * Reads a document whole, on the calling thread.
   *
   * @throws UnreadableDocumentException if it has no text or too much of it, or cannot be read: it
   *     is broken, encrypted, no text, or gone. A model would make something up for it.
   */
  public String read(@Body Document document) throws UnreadableDocumentException {
    try (Reader text = texts.open(document)) {
      return whole(text);
    } catch (IOException e) {
      throw UnreadableDocumentException.of(e);
    }
  }

  /** Reads a file, as {@link #read(Document)} does. */
  public String read(@Body Path file) throws UnreadableDocumentException {
    return read(Document.File.at(file));
  }

  /**
   * Reads a file that is no document by itself.
   *
   * @param charset null is UTF-8, or what the file itself says
   */
  String read(Path file, Format format, @Nullable Charset charset) throws IOException {
    try (Reader text = texts.open(file, format, charset)) {
      return whole(text);
    }
  }

  private String whole(Reader text) throws IOException {
    StringBuilder whole = new StringBuilder();
    char[] buffer = new char[8192];
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      whole.append(buffer, 0, count);
      if (whole.length() > limits.maxCharacters()) {
        throw Texts.tooLong(limits.maxCharacters());
      }
    }
    String read = whole.toString();
    if (read.isBlank()) {
      throw new UnreadableDocumentException("The document is empty.");
    }
    return read;
  }
}
