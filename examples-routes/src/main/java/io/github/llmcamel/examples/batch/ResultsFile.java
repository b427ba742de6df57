/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A file of JSON lines that holds whole lines only. Confined to one thread at a time.
 *
 * <p>Each line goes to the operating system in one piece as soon as it is known, so a process that
 * dies leaves the lines before it. A line that cannot be written to its end is taken back.
 */
final class ResultsFile implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(DocumentResult.class, ForReaders.class)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The ledger has the rest. */
  @JsonIgnoreProperties({"text", "entries"})
  private interface ForReaders {}

  private final Path file;
  private final RandomAccessFile out; // A channel would be closed by an interrupt.

  /**
   * Replaces {@code file}.
   *
   * @throws IOException if it cannot be written, or another run writes it
   */
  ResultsFile(Path file) throws IOException {
    this(file, new RandomAccessFile(file.toFile(), "rw"));
  }

  /**
   * @param out writes to {@code file}, and is closed with this
   */
  ResultsFile(Path file, RandomAccessFile out) throws IOException {
    this.file = file;
    this.out = out;
    if (!isLocked()) {
      out.close();
      throw new IOException("another run writes " + file);
    }
    out.setLength(0);
  }

  /** The lock ends with the file. */
  private boolean isLocked() throws IOException {
    try {
      return out.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // That run is in this process.
    }
  }

  void append(DocumentResult result) throws IOException {
    byte[] line = (JSON.writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8);
    long start = out.getFilePointer();
    try {
      out.write(line);
    } catch (IOException e) {
      out.setLength(start);
      throw e;
    }
  }

  /** Reads all lines so far, in the order they were written. */
  void forEach(Consumer<DocumentResult> reader) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.map(ResultsFile::parse).forEach(reader);
    }
  }

  private static DocumentResult parse(String line) {
    try {
      return JSON.readValue(line, DocumentResult.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
