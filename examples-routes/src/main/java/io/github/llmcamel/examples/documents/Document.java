/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.nio.file.Path;

/**
 * Where the text of one document is: small, so that any number may pass by. {@link DocumentText}
 * reads it.
 */
public sealed interface Document {

  /**
   * What tells it from all others, in the next run as well: its path as it was given, so that it
   * also shows where to look.
   */
  String id();

  /** A file. What is in it, the ending of its name tells. */
  record File(String id, Path path) implements Document {

    static File at(Path path) {
      return new File(path.toString(), path);
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
