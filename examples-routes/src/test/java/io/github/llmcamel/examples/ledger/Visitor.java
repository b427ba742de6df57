/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Another process that comes to a ledger. */
final class Visitor {

  private Visitor() {}

  /**
   * Starts a process that says what is known of one document, records another one, says so, and, if
   * there is a third argument, waits until it is killed.
   */
  static Process start(String url, String... arguments) throws IOException {
    return new ProcessBuilder(
            Stream.concat(
                    Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Visitor.class.getName(),
                        url),
                    Stream.of(arguments))
                .toList())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    try (Ledger ledger = Ledger.open(arguments[0])) {
      String found =
          ledger
              .find(arguments[1], "classify", "")
              .get()
              .map(entry -> String.valueOf(entry.result()))
              .orElse("nothing");
      ledger.record(List.of(Entries.bare(arguments[2]))).get();
      System.out.println(found);
      if (arguments.length > 3) {
        Thread.currentThread().join();
      }
    }
  }
}
