/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import org.apache.camel.Body;

/**
 * A step of a route for documents that are too long for one call: {@code .split().method(pieces,
 * "split").streaming()}. Thread-safe.
 *
 * <p>Plain text may have any length; of other formats {@link DocumentLimits} say how much is taken
 * into memory.
 */
public final class DocumentPieces {

  private final TextSplitter splitter;
  private final Texts texts;

  public DocumentPieces(TextSplitter splitter, DocumentLimits limits) {
    this.splitter = splitter;
    this.texts = new Texts(limits);
  }

  /**
   * The pieces of a document, in order; there is at least one. They are read while they are asked
   * for; what cannot be read then is thrown as an {@link UncheckedIOException} of an {@link
   * UnreadableDocumentException}. Who stops before the last piece closes the iterator, as Camel
   * does.
   *
   * @throws UnreadableDocumentException if the document has no text, or cannot be read
   */
  public Iterator<String> split(@Body Document document) throws UnreadableDocumentException {
    try {
      Reader text = texts.open(document);
      OpenPieces pieces = new OpenPieces(text, splitter.split(text));
      if (!pieces.hasNext()) {
        throw new UnreadableDocumentException("The document is empty.");
      }
      return pieces;
    } catch (UncheckedIOException e) {
      throw UnreadableDocumentException.of(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw UnreadableDocumentException.of(e);
    }
  }

  private static final class OpenPieces implements Iterator<String>, Closeable {

    private final Reader text;
    private final Iterator<String> pieces;

    OpenPieces(Reader text, Iterator<String> pieces) {
      this.text = text;
      this.pieces = pieces;
    }

    @Override
    public boolean hasNext() {
      boolean more = false;
      try {
        more = pieces.hasNext();
        return more;
      } finally {
        if (!more) {
          close();
        }
      }
    }

    @Override
    public String next() {
      return pieces.next();
    }

    @Override
    public void close() {
      try {
        text.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
