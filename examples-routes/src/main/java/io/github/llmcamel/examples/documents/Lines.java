/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 text, none of which can fill the memory. Confined to one thread. */
final class Lines implements Closeable {

  /**
   * One line.
   *
   * @param number the first one is 1
   * @param text without its end and the white space around it; of a line that is too long, nothing
   */
  record Line(long number, String text, boolean tooLong) {}

  private final BufferedReader text;
  private final int longest;
  private long number;

  /**
   * @param in closed with this
   * @param longest how many characters a line has at most
   */
  Lines(InputStream in, int longest) {
    this.text = new BufferedReader(new StrictReader(in, StandardCharsets.UTF_8));
    this.longest = longest;
  }

  /** The next line that is not blank; null after the last one. */
  @Nullable Line next() throws IOException {
    int c = text.read();
    while (c >= 0) {
      number++;
      StringBuilder line = new StringBuilder();
      long length = 0;
      for (; c >= 0 && c != '\n'; c = text.read()) {
        length++;
        if (length <= longest) {
          line.append((char) c);
        }
      }
      if (length > longest) {
        return new Line(number, "", true);
      }
      if (!line.toString().isBlank()) {
        return new Line(number, line.toString().strip(), false);
      }
      c = text.read();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
