/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.documents.DocumentLimits;
import io.github.llmcamel.examples.documents.DocumentSource;
import io.github.llmcamel.examples.documents.RowFields;
import io.github.llmcamel.examples.documents.WatchedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

/** Where the documents of a run are. They can be gone through any number of times. */
final class BatchInputs {

  private static final String STANDARD_INPUT = "-";

  private final List<String> names;
  private final RowFields fields;
  private final OutFolder out;
  private @Nullable Path standardInput;

  /**
   * @param names what a user has named
   * @param out whose own files are no documents
   */
  BatchInputs(List<String> names, RowFields fields, OutFolder out) {
    this.names = names;
    this.fields = fields;
    this.out = out;
  }

  /** What a user has named. */
  List<String> names() {
    return names;
  }

  /**
   * Finds the documents that are there by now. Standard input is read to its end before: it is
   * there only once.
   *
   * @throws IllegalArgumentException if an input does not exist; says which
   */
  DocumentSource open() throws IOException {
    List<String> inputs = new ArrayList<>();
    for (String name : names) {
      inputs.add(name.equals(STANDARD_INPUT) ? "@" + standardInput() : name);
    }
    return DocumentSource.of(
        inputs, out::isOwn, fields, DocumentLimits.DEFAULT, InputStream.nullInputStream());
  }

  private Path standardInput() throws IOException {
    if (standardInput == null) {
      standardInput = Files.createTempFile("documents", ".list");
      standardInput.toFile().deleteOnExit();
      Files.copy(System.in, standardInput, StandardCopyOption.REPLACE_EXISTING);
    }
    return standardInput;
  }

  /** How many documents there are by now. Names only: nothing else is read yet. */
  long count() throws IOException {
    long count = 0;
    try (DocumentSource documents = open()) {
      while (documents.hasNext()) {
        documents.next();
        count++;
      }
    }
    return count;
  }

  /**
   * Makes sure that there are documents, and that none of them would be overwritten.
   *
   * @throws IllegalArgumentException if it is not so; says what to do
   */
  void check() throws IOException {
    for (String name : names) {
      checkPlace(name);
    }
    try (DocumentSource documents = open()) {
      if (!documents.hasNext()) {
        throw new IllegalArgumentException(
            "There are no files in %s. Name files or folders with documents."
                .formatted(String.join(", ", names)));
      }
    }
  }

  private void checkPlace(String name) throws IOException {
    if (!Files.exists(out.path()) || !Files.exists(Path.of(name))) {
      return;
    }
    Path input = Path.of(name).toRealPath();
    if (input.equals(out.path().toRealPath())) {
      throw new IllegalArgumentException("--out is the folder of the documents. Name another one.");
    }
    for (Path part = input; part != null; part = part.getParent()) {
      if (out.isOwn(part)) {
        throw new IllegalArgumentException(
            "%s is what a run before has written, and this one would replace it. Name another --out."
                .formatted(name));
      }
    }
  }

  /**
   * Makes sure that all inputs are folders that can be watched.
   *
   * @throws IllegalArgumentException if it is not so; says what to do
   */
  void checkFolders() throws IOException {
    for (String name : names) {
      Path folder = Path.of(name);
      if (!Files.isDirectory(folder)) {
        throw new IllegalArgumentException(
            "--watch is for folders, and %s is none. Name folders that exist.".formatted(name));
      }
      if (whereItWillBe(out.path().toAbsolutePath().normalize()).startsWith(folder.toRealPath())) {
        throw new IllegalArgumentException(
            "--out is %s, in the folder %s that is watched. Name one outside of it."
                .formatted(out.path(), name));
      }
      watched(folder);
    }
  }

  /** Routes that bring what is in the folders, and whatever arrives there, to {@link Arrivals}. */
  List<RouteBuilder> watched() {
    return names.stream().distinct().map(name -> watched(Path.of(name))).toList();
  }

  private RouteBuilder watched(Path folder) {
    return new WatchedFolder(folder, fields, DocumentLimits.DEFAULT, Arrivals.ENDPOINT);
  }

  /** A folder that does not exist yet has no real path. */
  private static Path whereItWillBe(Path folder) throws IOException {
    Path parent = folder.getParent();
    return parent == null || Files.exists(folder)
        ? folder.toRealPath()
        : whereItWillBe(parent).resolve(parent.relativize(folder));
  }
}
