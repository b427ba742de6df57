/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Text that is exactly what its bytes say: where the JDK's reader would put question marks, this
 * one tells the byte. A byte order mark is no part of the text. Confined to one thread.
 */
final class StrictReader extends Reader {

  private static final int BUFFER = 8192;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private long offset;
  private boolean begun;
  private boolean ended;

  /**
   * @param in closed with this
   */
  StrictReader(InputStream in, Charset charset) {
    this.in = in;
    this.decoder = charset.newDecoder();
  }

  /**
   * Reads some characters.
   *
   * @throws UnreadableDocumentException at the first byte that is none of the charset
   */
  @Override
  public int read(char[] target, int start, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, start, count);
    return count;
  }

  private void decode() throws IOException {
    int position = bytes.position();
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(0, count)).flip();
    offset += position;
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, count < 0);
    if (result.isError()) {
      throw new UnreadableDocumentException(
          "The document is not %s text: the byte at offset %d cannot be read."
              .formatted(decoder.charset().name(), offset + bytes.position()));
    }
    ended = count < 0 && result.isUnderflow();
    chars.flip();
    dropMark();
  }

  private void dropMark() {
    if (!begun && chars.hasRemaining()) {
      begun = true;
      if (chars.get(0) == BYTE_ORDER_MARK) {
        chars.position(1);
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
