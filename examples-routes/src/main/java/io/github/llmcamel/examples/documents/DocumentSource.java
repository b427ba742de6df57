/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Documents one after another, from everything that a user may name. Confined to one thread.
 *
 * <p>They are looked for while they are asked for, in an order that is the same in each run; a
 * million of them need no more memory than the names in one folder. What cannot be read is a
 * document as well, which fails alone when its text is read. What is named twice comes twice.
 */
public final class DocumentSource implements Iterator<Document>, Closeable {

  private final Deque<Input> open;
  private final RowFields fields;
  private final int longestRow;
  private @Nullable Document next;

  private DocumentSource(Deque<Input> inputs, RowFields fields, DocumentLimits limits) {
    this.open = inputs;
    this.fields = fields;
    this.longestRow = limits.maxCharacters();
  }

  /** The documents of all {@code inputs}, as the longer form says, with rows whole. */
  public static DocumentSource of(List<String> inputs) {
    return of(inputs, file -> false, RowFields.WHOLE, DocumentLimits.DEFAULT, System.in);
  }

  /**
   * The documents of all {@code inputs}, in this order. An input is one of:
   *
   * <ul>
   *   <li>a file;
   *   <li>a folder, with its sub-folders, but not what is hidden in it;
   *   <li>a pattern such as {@code docs/**}{@code /*.pdf}, which finds nothing hidden either;
   *   <li>an {@code http} or {@code https} URL;
   *   <li>{@code @} and the path of a file that lists paths of files and URLs, one in each line, or
   *       {@code -} for such a list from {@code standardInput}.
   * </ul>
   *
   * <p>Of a file whose name ends with {@code .csv}, {@code .jsonl} or {@code .ndjson} each row is a
   * document.
   *
   * @param leftOut files and folders that are passed over where they lie in a folder or fit a
   *     pattern
   * @throws IllegalArgumentException if there is no such input; the message names it
   */
  public static DocumentSource of(
      List<String> inputs,
      Predicate<Path> leftOut,
      RowFields fields,
      DocumentLimits limits,
      InputStream standardInput) {
    Deque<Input> found = new ArrayDeque<>();
    for (String input : inputs) {
      found.add(NamedInputs.find(input, leftOut, standardInput));
    }
    return new DocumentSource(found, fields, limits);
  }

  /** Of a file that is there by now: itself, or its rows. */
  static DocumentSource ofFile(Path file, RowFields fields, DocumentLimits limits) {
    Deque<Input> single = new ArrayDeque<>();
    single.add(new SingleDocument(Document.File.at(file)));
    return new DocumentSource(single, fields, limits);
  }

  /** Looks for the next document, and may wait for a disk, or for who writes a list. */
  @Override
  public boolean hasNext() {
    while (next == null && !open.isEmpty()) {
      next = ask(open.getFirst());
    }
    return next != null;
  }

  @Override
  public Document next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Document found = next;
    next = null;
    return found;
  }

  private @Nullable Document ask(Input input) {
    try {
      Document found = input.next();
      if (found == null) {
        open.pop().close();
      }
      return found instanceof Document.File file ? unlessRows(file) : found;
    } catch (IOException e) {
      return leave(input, e);
    }
  }

  private Document leave(Input input, IOException failure) {
    open.remove(input);
    try {
      input.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return unreadable(input.name(), failure);
  }

  /** Rows take the place of their file. */
  private @Nullable Document unlessRows(Document.File file) {
    try {
      switch (Format.ofName(file.path().toString())) {
        case CSV -> open.push(new CsvRows(file, fields, longestRow));
        case JSON_LINES -> open.push(new JsonRows(file, fields, longestRow));
        default -> {
          return file;
        }
      }
      return null;
    } catch (IOException e) {
      return unreadable(file.id(), e);
    }
  }

  private static Document unreadable(String id, IOException failure) {
    return new Document.Unreadable(
        id, String.valueOf(UnreadableDocumentException.of(failure).getMessage()));
  }

  /** Closes what is open; there are no more documents then. */
  @Override
  public void close() throws IOException {
    next = null;
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
