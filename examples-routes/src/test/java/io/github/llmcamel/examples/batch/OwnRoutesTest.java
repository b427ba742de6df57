/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch with a route of the user's own. */
class OwnRoutesTest {

  private static final String VALUES = "batch.values";

  @TempDir private Path folder;
  @TempDir private Path out;

  @AfterEach
  void forgetValues() {
    System.clearProperty(VALUES);
  }

  @Test
  void itsVariablesAreTheResults() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");
    Path routes = out.resolve("my.camel.yaml");
    Files.writeString(
        routes,
        """
        - route:
            from:
              uri: "{{batch.documents}}"
              steps:
                - bean: {beanType: io.github.llmcamel.examples.batch.ReadDocument, method: begin}
                - to: direct:document-text
                - bean: {beanType: io.github.llmcamel.examples.batch.ReadDocument, method: read}
                - to:
                    uri: kamelet:classify
                    variableReceive: kind
                    parameters: {provider: "{{batch.provider}}", labels: "invoice, letter, other"}
                - bean: {beanType: io.github.llmcamel.examples.batch.ResultOf, method: completed}
                - to: "{{batch.results}}"
        """);
    System.setProperty(VALUES, "kind");

    BatchOutcome run = BatchOutcome.of(folder, out, "--routes", routes.toString());

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.results().path("a.txt").path("kind").asText()).isEqualTo("invoice");
    assertThat(run.results().path("a.txt").path("stages").fieldNames())
        .toIterable()
        .containsExactly("classify");
  }

  @Test
  void asItIsInTheOneThatComesWithTheExamples() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n\nTotal due: EUR 10.00\n");
    System.setProperty(VALUES, "summary, judgement");

    BatchOutcome run = BatchOutcome.of(folder, out, "--routes", "samples/routes/judged.camel.yaml");

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.results().path("a.txt").path("summary").asText()).startsWith("[simulated] ");
    assertThat(run.results().path("a.txt").path("judgement").path("verdict").asText())
        .isIn("good", "bad");
    assertThat(run.results().path("a.txt").path("stages").fieldNames())
        .toIterable()
        .containsExactly("fallback", "judge");
  }

  @Test
  void aFileThatIsNotThereIsAnErrorOfTheArguments() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1\n");

    BatchOutcome run = BatchOutcome.of(folder, out, "--routes", "no.camel.yaml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains("--routes is no.camel.yaml, which is no file.");
  }
}
