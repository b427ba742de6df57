/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the text of one document is: small, so that any number may pass by. {@link DocumentText}
 * reads it.
 */
public sealed interface Document {

  /**
   * What tells it from all others, in the next run as well: its path as it was given, that path and
   * {@code #} with a row, or its URL.
   */
  String id();

  /** Where a person looks for it. */
  default String place() {
    return id();
  }

  /** A file. What is in it, the ending of its name tells. */
  record File(String id, Path path) implements Document {

    static File at(Path path) {
      return new File(path.toString(), path);
    }
  }

  /**
   * A row of a file of rows, which is not read again.
   *
   * @param id ends with the number of the row, or with what one of its fields says
   * @param file the path of the file, as it was given
   * @param number of the row; the first one is 1
   */
  record Row(String id, String file, long number, String text) implements Document {

    @Override
    public String place() {
      return "%s, row %d".formatted(file, number);
    }
  }

  /** One that comes with its text, such as from another process. */
  record Text(String id, String text) implements Document {}

  /** A page or a file of the web. */
  record Url(URI uri) implements Document {

    @Override
    public String id() {
      return uri.toString();
    }
  }

  /**
   * One that is known to have no text before it is opened, such as a folder that cannot be listed.
   * It goes its way as all do, and fails alone when it is read.
   *
   * @param reason a sentence
   */
  record Unreadable(String id, String reason) implements Document {}
}
