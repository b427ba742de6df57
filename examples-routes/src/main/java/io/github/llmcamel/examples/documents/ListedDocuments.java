/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import io.github.llmcamel.examples.documents.Lines.Line;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The documents of a list, a URL or a path in each line. Lines that begin with # are remarks. */
final class ListedDocuments implements Input {

  private static final int LONGEST_LINE = 8192;

  /** Opens the list. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Opener opener;
  private @Nullable Lines lines;

  ListedDocuments(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable Document next() throws IOException {
    if (lines == null) {
      lines = new Lines(opener.open(), LONGEST_LINE);
    }
    Line line = lines.next();
    while (line != null && line.text().startsWith("#")) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    return line.tooLong()
        ? new Document.Unreadable(
            "%s#%d".formatted(name, line.number()),
            "Line %d of the list is longer than a URL can be.".formatted(line.number()))
        : NamedInputs.listed(line.text());
  }

  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
    }
  }
}
