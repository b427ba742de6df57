/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Keeps what became of each document: a line in a file, a line on the terminal. Thread-safe. */
public final class Results implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final Writer file;
  private final PrintWriter terminal;
  private final int expected;
  private final Map<String, Integer> perLabel = new TreeMap<>();
  private int completed;
  private int failed;
  private long inputTokens;
  private long outputTokens;

  /**
   * @param file is replaced
   * @param expected how many documents will come
   */
  Results(Path file, PrintWriter terminal, int expected) {
    try {
      this.file = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.terminal = terminal;
    this.expected = expected;
  }

  /**
   * A document went through all stages.
   *
   * @throws BadAnswerException if an answer cannot be used
   */
  public void completed(Exchange exchange) throws BadAnswerException {
    add(Answers.read(exchange));
  }

  /** A document failed; the reason is the exception that was caught. */
  public void failed(Exchange exchange) {
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    add(DocumentResult.failed(Answers.document(exchange), String.valueOf(cause.getMessage())));
  }

  private synchronized void add(DocumentResult result) {
    try {
      file.write(JSON.writeValueAsString(result) + "\n");
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (result.isFailed()) {
      failed++;
    } else {
      completed++;
      perLabel.merge(String.valueOf(result.label()), 1, Integer::sum);
      inputTokens += result.inputTokens() == null ? 0 : result.inputTokens();
      outputTokens += result.outputTokens() == null ? 0 : result.outputTokens();
    }
    terminal.printf(
        "%3d/%d  %-34s %s%n",
        completed + failed,
        expected,
        name(result),
        result.isFailed() ? "FAILED: " + result.error() : result.label());
    terminal.flush();
  }

  private static String name(DocumentResult result) {
    return String.valueOf(Path.of(result.document()).getFileName());
  }

  /** The last words of a run. */
  synchronized void printSummary() {
    terminal.printf(
        "%n%d documents: %d done, %d failed. %,d input and %,d output tokens.%n",
        completed + failed, completed, failed, inputTokens, outputTokens);
    perLabel.forEach((label, count) -> terminal.printf("  %-12s %d%n", label, count));
    terminal.flush();
  }

  synchronized boolean hasFailures() {
    return failed > 0 || completed + failed < expected;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
