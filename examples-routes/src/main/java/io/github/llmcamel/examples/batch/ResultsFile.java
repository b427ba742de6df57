/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file of JSON lines that holds whole lines only. Confined to one thread at a time.
 *
 * <p>Each line goes to the operating system in one piece as soon as it is known, so a process that
 * dies leaves the lines before it. A line that cannot be written to its end is taken back.
 */
final class ResultsFile implements AutoCloseable {

  /** Is handed results one by one. */
  @FunctionalInterface
  interface Reader {
    void read(DocumentResult result) throws IOException;
  }

  private final Path file;
  private final RandomAccessFile out; // A channel would be closed by an interrupt.

  /**
   * Keeps others from {@code file}. What is in it stays there until {@link #clear}.
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
  }

  /** The lock ends with the file. */
  private boolean isLocked() throws IOException {
    try {
      return out.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // That run is in this process.
    }
  }

  /** Removes what an earlier run has written; before the first line. */
  void clear() throws IOException {
    out.setLength(0);
  }

  void append(DocumentResult result) throws IOException {
    byte[] line = (ResultJson.forReaders(result) + "\n").getBytes(StandardCharsets.UTF_8);
    long start = out.getFilePointer();
    try {
      out.write(line);
    } catch (IOException e) {
      out.setLength(start);
      throw e;
    }
  }

  /**
   * Leaves of each document the last line alone, after all have been written. Until that is done,
   * the file is as it was.
   *
   * @return whether there were others
   */
  boolean keepLast() throws IOException {
    Map<String, Integer> left = new HashMap<>();
    forEach(result -> left.merge(result.document(), 1, Integer::sum));
    if (left.values().stream().allMatch(lines -> lines == 1)) {
      return false;
    }
    Path part = file.resolveSibling(".%s.part".formatted(file.getFileName()));
    try (Stream<String> lines = Files.lines(file);
        Writer kept = Files.newBufferedWriter(part)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (left.merge(ResultJson.parse(line).document(), -1, Integer::sum) == 0) {
          kept.write(line + "\n");
        }
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Reads all lines so far, in the order they were written. */
  void forEach(Reader reader) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        reader.read(ResultJson.parse(line));
      }
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
