/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.ModelPattern;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;

/** The lines of a properties file that configure a key. */
final class KeyLines {

  private KeyLines() {}

  static String of(ApiKey key) {
    String prefix = prefix(key.id());
    StringBuilder lines = new StringBuilder(prefix + "sha256=" + key.sha256() + "\n");
    if (!key.models().isEmpty()) {
      String models =
          key.models().stream().map(ModelPattern::text).collect(Collectors.joining(","));
      lines.append(prefix).append("models=").append(models).append('\n');
    }
    if (key.requestsPerMinute() != null) {
      lines.append(prefix).append("requests-per-minute=").append(key.requestsPerMinute());
      lines.append('\n');
    }
    return lines.toString();
  }

  /**
   * Appends lines to a file. One that is not there is made, for its owner alone.
   *
   * @throws IllegalArgumentException if the file has a key with that id, or is no file of
   *     properties
   */
  static void append(String lines, String id, Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    String text = PropertiesText.read(file);
    boolean isThere =
        PropertiesText.parse(text).stringPropertyNames().stream()
            .anyMatch(name -> name.startsWith(prefix(id)));
    if (isThere) {
      throw new IllegalArgumentException(
          "%s has a key %s already. Choose another id, or remove its lines first."
              .formatted(file, id));
    }
    // An empty line ends a last one that goes on behind a backslash.
    String gap = text.isEmpty() ? "" : text.endsWith("\n") ? "\n" : "\n\n";
    Files.writeString(file, gap + lines, StandardOpenOption.APPEND);
  }

  private static void create(Path file) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private static String prefix(String id) {
    return "gateway.keys[%s].".formatted(id);
  }
}
