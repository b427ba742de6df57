/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * What a run of the command left behind.
 *
 * @param output what it said on the terminal
 * @param errors what it complained about
 */
record BatchOutcome(int exitCode, Path out, String output, String errors) {

  /** Runs the command, as a user starts it, with its results in {@code out}. */
  static BatchOutcome of(Path documents, Path out, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of(documents.toString(), "--out", out.toString()));
    arguments.addAll(List.of(options));
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int exitCode =
        new CommandLine(new BatchCommand())
            .setOut(new PrintWriter(output))
            .setErr(new PrintWriter(errors))
            .execute(arguments.toArray(String[]::new));
    return new BatchOutcome(exitCode, out, output.toString(), errors.toString());
  }

  /** The lines of results.jsonl by file name; one line for each document. */
  ObjectNode results() throws IOException {
    ObjectNode results = new JsonMapper().createObjectNode();
    for (String line : Files.readAllLines(out.resolve("results.jsonl"))) {
      JsonNode result = new JsonMapper().readTree(line);
      String name = Path.of(result.path("document").asText()).getFileName().toString();
      assertThat(results.replace(name, result)).as("one line for each document").isNull();
    }
    return results;
  }

  String report() throws IOException {
    return Files.readString(out.resolve("report.md"));
  }
}
