/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of what runs leave behind.
 *
 * @param path need not exist
 */
record OutFolder(Path path) {

  private static final String RESULTS = "results.jsonl";
  private static final String REPORT = "report.md";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String LEDGER = "ledger";
  private static final String DATABASE = LEDGER + ".mv.db";
  private static final String SENDER = "sender";
  private static final String SENDER_PART = SENDER + ".part";
  private static final Set<String> OWN =
      Set.of(
          RESULTS,
          REPORT,
          DEAD_LETTERS,
          DATABASE,
          LEDGER + ".lock.db",
          LEDGER + ".trace.db",
          SENDER,
          SENDER_PART);

  Path results() {
    return path.resolve(RESULTS);
  }

  Path report() {
    return path.resolve(REPORT);
  }

  Path deadLetters() {
    return path.resolve(DEAD_LETTERS);
  }

  /** Without the suffix that the database gives it. */
  Path ledger() {
    return path.resolve(LEDGER);
  }

  /**
   * Who waits for results at this place: the same in each run, on whatever machine the folder is
   * mounted. For one run at a time.
   */
  String sender() throws IOException {
    Path file = path.resolve(SENDER);
    if (!Files.exists(file)) {
      Path part = Files.writeString(path.resolve(SENDER_PART), "batch-" + UUID.randomUUID());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file);
  }

  /** Whether a run writes this file or folder here, so that it is no document. */
  boolean isOwn(Path file) {
    return OWN.contains(String.valueOf(file.getFileName()))
        && isSame(file.toAbsolutePath().getParent());
  }

  private boolean isSame(@Nullable Path folder) {
    try {
      return folder != null && Files.exists(path) && Files.isSameFile(path, folder);
    } catch (IOException e) {
      return false; // Whoever reads it says what is wrong with it.
    }
  }
}
