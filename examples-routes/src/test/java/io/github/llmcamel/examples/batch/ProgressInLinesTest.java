/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressInLinesTest {

  private final StringWriter terminal = new StringWriter();
  private final Progress progress =
      new ProgressInLines(new PrintWriter(new BufferedWriter(terminal)), 10);

  @Test
  void eachDocumentIsALineWithItsLabelOrItsReasonAtOnce() {
    progress.start();
    progress.add(DocumentResults.completed("in/a.txt", "invoice", "It is.", Map.of()));
    assertThat(terminal.toString().lines())
        .containsExactly("  1/10  a.txt                              invoice");

    progress.add(DocumentResults.failed("in/b.txt", "The document is empty."));
    progress.end();
    assertThat(terminal.toString().lines())
        .last()
        .isEqualTo("  2/10  b.txt                              FAILED: The document is empty.");
  }

  @Test
  void whatAProviderSaysNeitherBreaksTheLineNorSteersTheTerminal() {
    progress.add(
        DocumentResults.failed("in/a.txt", "Busy.\r\nCome\tback \u001B[31mlater \u009B2J"));

    assertThat(terminal.toString().lines())
        .singleElement()
        .asString()
        .endsWith("FAILED: Busy. Come back  [31mlater  2J");
  }
}
