/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Bytes that fail when there are too many. */
final class LimitedStream extends FilterInputStream {

  private final long limit;
  private long count;

  LimitedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    add(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int read = super.read(target, start, length);
    add(Math.max(0, read));
    return read;
  }

  private void add(int read) throws UnreadableDocumentException {
    count += read;
    if (count > limit) {
      throw new UnreadableDocumentException(
          String.format(
              Locale.ROOT, "The document has more than %,d bytes; no more are read.", limit));
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
