/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.stages.DocumentStages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Documents that come and go after they were counted: a step of the route moves them. */
class ChangingInputsTest {

  private static final String ROUTE =
      """
      - route:
          from:
            uri: "{{batch.documents}}"
            steps:
              - bean: {beanType: io.github.llmcamel.examples.batch.ReadDocument, method: begin}
              - to: direct:document-text
              - bean: {beanType: io.github.llmcamel.examples.batch.ReadDocument, method: read}
              - bean: {beanType: "%s"}
              - bean: {beanType: io.github.llmcamel.examples.batch.ResultOf, method: completed}
              - to: "{{batch.results}}"
      """;

  private static final String NONE = "none";

  @TempDir private Path folder;
  @TempDir private Path out;

  @ParameterizedTest
  @CsvSource({NONE + ", 2", "3.txt 4.txt, 4"})
  void allThatAreThereWhenTheirTurnComesAreAllThereAre(String later, int documents)
      throws IOException {
    Files.writeString(folder.resolve("1.txt"), later);
    Files.writeString(folder.resolve("2.txt"), "-");
    Files.createDirectories(folder.resolve("later"));
    Files.writeString(folder.resolve("later/0.txt"), "-");
    Path route =
        Files.writeString(out.resolve("my.camel.yaml"), ROUTE.formatted(Move.class.getName()));

    BatchOutcome run =
        BatchOutcome.of(folder, out, "--routes", route.toString(), "--concurrency", "1");

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.results().size()).isEqualTo(documents);
    assertThat(run.output()).doesNotContain("left");
    assertThat(status())
        .contains("Documents: %d: %1$d done, 0 failed, 0 left".formatted(documents));
  }

  private String status() {
    StringWriter text = new StringWriter();
    new CommandLine(new StatusCommand())
        .setOut(new PrintWriter(text))
        .execute("--out", out.toString());
    return text.toString();
  }

  /** A step that replaces what is in the folder that comes last. */
  public static final class Move {

    /**
     * The first document names the files that come in the place of others.
     *
     * @param names the text of a document
     */
    public void move(@Body String names, Exchange exchange) throws IOException {
      Path document =
          Path.of(Objects.requireNonNull(DocumentStages.of(exchange), "document").document());
      if (document.endsWith("1.txt")) {
        Path later = document.resolveSibling("later");
        Files.delete(later.resolve("0.txt"));
        for (String name : names.equals(NONE) ? new String[0] : names.split(" ")) {
          Files.writeString(later.resolve(name), "-");
        }
      }
    }
  }
}
