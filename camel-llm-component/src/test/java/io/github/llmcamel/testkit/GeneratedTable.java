/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown table that is made from code and stands between {@code <!-- generated: name -->} and
 * {@code <!-- end -->} in a page. Run the test with {@code -Ddocs.update=true} to write it there.
 */
public final class GeneratedTable {

  private static final String END = "<!-- end -->";

  private final String name;
  private final StringBuilder text = new StringBuilder();

  public GeneratedTable(String name, String... heads) {
    this.name = name;
    row(heads);
    text.append("|").append(" --- |".repeat(heads.length)).append('\n');
  }

  /** Adds a row; a bar in a cell is escaped. */
  public GeneratedTable row(String... cells) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
    }
    text.append('\n');
    return this;
  }

  /** Fails unless the page holds exactly this table, and then says what it should hold. */
  public void assertSameIn(Path page) throws IOException {
    String content = Files.readString(page);
    String begin = "<!-- generated: " + name + " -->\n";
    int from = content.indexOf(begin);
    int to = content.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new AssertionError("%s has no place for the table %s".formatted(page, name));
    }
    String wanted = content.substring(0, from + begin.length()) + text + content.substring(to);
    if (wanted.equals(content)) {
      return;
    }
    if (!Boolean.getBoolean("docs.update")) {
      throw new AssertionError(
          "%s is out of date; run the test with -Ddocs.update=true, or put this there:%n%s"
              .formatted(page, text));
    }
    Files.writeString(page, wanted);
  }
}
