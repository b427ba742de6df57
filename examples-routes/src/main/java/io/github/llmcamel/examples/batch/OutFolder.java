/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
  private static final Set<String> OWN =
      Set.of(RESULTS, REPORT, DEAD_LETTERS, DATABASE, LEDGER + ".lock.db", LEDGER + ".trace.db");

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
