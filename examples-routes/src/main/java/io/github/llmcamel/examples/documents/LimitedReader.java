/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;

/** Characters that fail when there are too many between two points. Confined to one thread. */
final class LimitedReader extends FilterReader {

  private final int limit;
  private long count;

  LimitedReader(Reader in, int limit) {
    super(in);
    this.limit = limit;
  }

  /** From here on it counts again. */
  void restart() {
    count = 0;
  }

  @Override
  public int read(char[] target, int start, int length) throws IOException {
    int read = super.read(target, start, length);
    count += Math.max(0, read);
    if (count > limit) {
      throw new UnreadableDocumentException(
          String.format(Locale.ROOT, "a row has more than %,d characters.", limit));
    }
    return read;
  }
}
