/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.Body;

/** A step of the route: the text of a document takes the place of its file. */
public final class DocumentText {

  private static final long LONGEST_DOCUMENT = 1_000_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads a document, as {@link #read(Path)} does.
   *
   * @throws UnreadableDocumentException also if the document is one that has no text
   */
  public String read(@Body Document document) throws UnreadableDocumentException {
    if (document instanceof Document.Unreadable known) {
      throw new UnreadableDocumentException(known.reason());
    }
    return read(((Document.File) document).path());
  }

  /**
   * Reads a document of at most 1 MB. A byte order mark is no part of the text.
   *
   * @throws UnreadableDocumentException if it is empty, too large, or not UTF-8: a model would make
   *     something up for it; also if the file cannot be read
   */
  public String read(@Body Path file) throws UnreadableDocumentException {
    String text = decode(bytes(file));
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    if (text.isBlank()) {
      throw new UnreadableDocumentException("The document is empty.");
    }
    return text;
  }

  private static byte[] bytes(Path file) throws UnreadableDocumentException {
    try {
      checkSize(Files.size(file));
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw UnreadableDocumentException.of(e);
    }
  }

  private static void checkSize(long size) throws UnreadableDocumentException {
    if (size > LONGEST_DOCUMENT) {
      throw new UnreadableDocumentException(
          String.format(
              Locale.ROOT,
              "The document has %,d bytes; at most %,d are read.",
              size,
              LONGEST_DOCUMENT));
    }
  }

  private static String decode(byte[] bytes) throws UnreadableDocumentException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new UnreadableDocumentException(
          "The document is not UTF-8 text: the byte at offset %d cannot be read."
              .formatted(in.position()));
    }
    return out.flip().toString();
  }
}
