/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The files whose paths fit a pattern. As in a shell, {@code **} stands for any number of folders,
 * none as well.
 */
final class Glob {

  private static final Pattern SPECIAL = Pattern.compile("[*?\\[{]");

  private Glob() {}

  static boolean isGlob(String input) {
    return SPECIAL.matcher(input).find();
  }

  /**
   * Walks through the folder before the first special character, and not deeper than the pattern.
   *
   * @param leftOut files and folders that do not count
   * @throws IllegalArgumentException if the pattern is none, or there is no such folder
   */
  static Input files(String pattern, Predicate<Path> leftOut) {
    String plain = SPECIAL.split(pattern, 2)[0];
    String folder = plain.substring(0, plain.lastIndexOf('/') + 1);
    String rest = pattern.substring(folder.length());
    PathMatcher matcher = matcher(pattern, rest);
    Path root = Path.of(folder);
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException(
          "There is no folder %s. Correct the pattern %s.".formatted(folder, pattern));
    }
    int depth = rest.contains("**") ? Integer.MAX_VALUE : Path.of(rest).getNameCount();
    return new FolderWalk(root, depth, file -> matcher.matches(root.relativize(file)), leftOut);
  }

  private static PathMatcher matcher(String pattern, String rest) {
    try {
      // Java's own ** wants one folder at least.
      return FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("**/", "{**/,}"));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "The pattern %s is none: %s. Correct it.".formatted(pattern, e.getDescription()), e);
    }
  }
}
