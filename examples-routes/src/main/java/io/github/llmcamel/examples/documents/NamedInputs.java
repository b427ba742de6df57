/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;

/** Finds out what a user means by a name. */
final class NamedInputs {

  private NamedInputs() {}

  /**
   * Says what {@code input} is; opens nothing.
   *
   * @param leftOut files and folders that are not found in others
   * @param standardInput is read if the input is {@code -}
   * @throws IllegalArgumentException if it is nothing that there is
   */
  static Input find(String input, Predicate<Path> leftOut, InputStream standardInput) {
    if (input.equals("-")) {
      return new ListedDocuments("-", () -> standardInput);
    }
    if (input.startsWith("@")) {
      Path list = existing(input.substring(1));
      return new ListedDocuments(input, () -> Files.newInputStream(list));
    }
    if (isUrl(input)) {
      return new SingleDocument(new Document.Url(url(input)));
    }
    if (!new File(input).exists() && Glob.isGlob(input)) {
      return Glob.files(input, leftOut);
    }
    Path path = existing(input);
    return Files.isDirectory(path)
        ? new FolderWalk(path, Integer.MAX_VALUE, file -> true, leftOut)
        : new SingleDocument(Document.File.at(path));
  }

  /** A document that a list names: a URL or the path of a file. */
  static Document listed(String line) {
    try {
      return isUrl(line) ? new Document.Url(url(line)) : Document.File.at(Path.of(line));
    } catch (IllegalArgumentException e) {
      return new Document.Unreadable(line, String.valueOf(e.getMessage()));
    }
  }

  private static Path existing(String input) {
    if (!new File(input).exists()) {
      throw new IllegalArgumentException(
          "There is no file or folder " + input + ". Name one that exists.");
    }
    return Path.of(input);
  }

  private static boolean isUrl(String input) {
    String start = input.toLowerCase(Locale.ROOT);
    return start.startsWith("http://") || start.startsWith("https://");
  }

  private static URI url(String input) {
    try {
      URI url = new URI(input);
      if (url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "%s is no URL: %s. Correct it.".formatted(input, e.getReason()), e);
    }
    throw new IllegalArgumentException(input + " is no URL: it has no host. Correct it.");
  }
}
