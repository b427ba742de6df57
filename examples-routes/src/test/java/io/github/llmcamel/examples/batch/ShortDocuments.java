/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents that even a tiny model can read. */
final class ShortDocuments {

  private ShortDocuments() {}

  /** Writes {@code count} invoices into {@code folder}. */
  static void write(Path folder, int count) throws IOException {
    for (int i = 1; i <= count; i++) {
      Files.writeString(
          folder.resolve("invoice-%d.txt".formatted(i)),
          """
          Invoice no. 471%d
          From: Blue Harbour Ltd. Date: 2026-03-0%d
          Two wooden tables, delivered. Total due: EUR %d80.00
          """
              .formatted(i, i, i));
    }
  }
}
