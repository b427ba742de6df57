/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.llmcamel.examples.ledger.Hash;
import io.github.llmcamel.examples.ledger.LedgerEntry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** A folder for each document that failed: the document, the reason, and the model's raw answer. */
public final class DeadLetters {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_NAME = 100;
  private static final int DIGITS = 12;
  private static final long LARGEST_COPY = 10_000_000;

  private final @Nullable Path folder;

  /**
   * @param folder null keeps none
   */
  DeadLetters(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Removes the letters of an earlier run: this one writes its own.
   *
   * @throws IOException if one cannot be removed
   */
  void clear() throws IOException {
    if (folder != null) {
      delete(folder);
    }
  }

  /** Removes the letter of a document, if there is one. */
  void remove(DocumentResult result) throws IOException {
    if (folder != null) {
      delete(folder.resolve(name(result)));
    }
  }

  /** One after the other: there may be any number of them. */
  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  /** A step of the route: writes what became of a document that failed. */
  public void write(@Body DocumentResult failed) throws IOException {
    if (folder == null) {
      return;
    }
    remove(failed);
    Path letter = Files.createDirectories(folder.resolve(name(failed)));
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("document", failed.document());
    reason.put("reason", failed.error());
    reason.put("traceId", failed.traceId());
    List<LedgerEntry> entries = failed.entries();
    entries.stream()
        .filter(entry -> entry.state() == LedgerEntry.State.FAILED)
        .findFirst()
        .ifPresent(
            entry -> {
              reason.put("stage", entry.stage());
              reason.put("attempts", entry.attempts());
            });
    write(
        letter.resolve("reason.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(reason));
    if (failed.answer() != null) {
      write(letter.resolve("answer.txt"), failed.answer());
    }
    if (failed.text() != null) {
      write(letter.resolve("document.txt"), failed.text());
    } else {
      copy(failed, letter);
    }
  }

  /** Of a document that could not be read, its file is of more use, if that can be read at all. */
  private static void copy(DocumentResult failed, Path letter) throws IOException {
    File file = new File(failed.document());
    if (file.isFile() && file.canRead() && file.length() <= LARGEST_COPY) {
      // In a folder of its own: it may have the name of one of the others.
      Path copies = Files.createDirectories(letter.resolve("document"));
      Files.copy(
          file.toPath(), copies.resolve(file.getName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Documents of different folders may have the same name. */
  private static String name(DocumentResult failed) {
    String name = failed.fileName().replaceAll("[^\\p{Alnum}._-]+", "_");
    return "%s-%s"
        .formatted(
            name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name,
            Hash.sha256(failed.document()).substring(0, DIGITS));
  }

  /** Deletes each folder when what is in it is gone. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
