/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Documents one after another, from everything that a user may name. Confined to one thread.
 *
 * <p>They are looked for while they are asked for, in an order that is the same in each run; a
 * million of them need no more memory than the names in one folder. What cannot be read is a
 * document as well, which fails alone when its text is read.
 */
public final class DocumentSource implements Iterator<Document>, AutoCloseable {

  private final Deque<Input> open;
  private @Nullable Document next;

  private DocumentSource(Deque<Input> inputs) {
    this.open = inputs;
  }

  /**
   * The documents of all {@code inputs}, in this order. An input is a file or a folder, with its
   * sub-folders; hidden files below a folder are left out.
   *
   * @throws IllegalArgumentException if there is no such input; the message names it
   */
  public static DocumentSource of(List<String> inputs) {
    Deque<Input> found = new ArrayDeque<>();
    for (String input : inputs) {
      found.add(find(input));
    }
    return new DocumentSource(found);
  }

  private static Input find(String input) {
    Path path = Path.of(input);
    if (Files.isDirectory(path)) {
      return new FolderWalk(path, Integer.MAX_VALUE, file -> true);
    }
    if (Files.exists(path)) {
      return new SingleDocument(Document.File.at(path));
    }
    throw new IllegalArgumentException(
        "There is no file or folder " + input + ". Name one that exists.");
  }

  /** Looks for the next document, and may wait for a disk. */
  @Override
  public boolean hasNext() {
    while (next == null && !open.isEmpty()) {
      next = ask(open.getFirst());
    }
    return next != null;
  }

  @Override
  public Document next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Document found = next;
    next = null;
    return Objects.requireNonNull(found);
  }

  private @Nullable Document ask(Input input) {
    try {
      Document found = input.next();
      if (found == null) {
        open.pop().close();
      }
      return found;
    } catch (IOException e) {
      open.pop();
      return new Document.Unreadable(
          input.name(), String.valueOf(UnreadableDocumentException.of(e).getMessage()));
    }
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
