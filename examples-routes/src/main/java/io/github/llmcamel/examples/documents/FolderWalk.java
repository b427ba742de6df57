/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder, in the order of their names, a sub-folder where its name stands.
 *
 * <p>Hidden files and folders are the system's, not the user's. A link to a file counts as the
 * file; a link to a folder is not followed, for it may lead back. Of the folders on the way the
 * names are in memory, and nothing else.
 */
final class FolderWalk implements Input {

  private final Path root;
  private final int depth;
  private final Predicate<Path> wanted;
  private final Predicate<Path> leftOut;
  private final Deque<Folder> way = new ArrayDeque<>();
  private boolean begun;

  /**
   * @param depth how many folders deep files are looked for; 1 is {@code root} alone
   * @param wanted is asked for each file; its path begins with {@code root}
   * @param leftOut is asked for each file and folder, which is as if it was not there
   */
  FolderWalk(Path root, int depth, Predicate<Path> wanted, Predicate<Path> leftOut) {
    this.root = root;
    this.depth = depth;
    this.wanted = wanted;
    this.leftOut = leftOut;
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public @Nullable Document next() throws IOException {
    if (!begun) {
      begun = true;
      if (!leftOut.test(root)) {
        way.push(new Folder(root));
      }
    }
    while (!way.isEmpty()) {
      Folder folder = way.getFirst();
      if (folder.names.hasNext()) {
        Document found = look(folder.path.resolve(folder.names.next()));
        if (found != null) {
          return found;
        }
      } else {
        way.pop();
      }
    }
    return null;
  }

  private @Nullable Document look(Path path) {
    if (path.toFile().isHidden() || leftOut.test(path)) {
      return null;
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return enter(path);
    }
    return Files.isRegularFile(path) && wanted.test(path) ? Document.File.at(path) : null;
  }

  private @Nullable Document enter(Path path) {
    if (way.size() < depth) {
      try {
        way.push(new Folder(path));
      } catch (IOException e) {
        return new Document.Unreadable(path.toString(), "The folder cannot be read: " + e);
      }
    }
    return null;
  }

  private static final class Folder {

    private final Path path;
    private final Iterator<String> names;

    private Folder(Path path) throws IOException {
      this.path = path;
      List<String> found = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          found.add(String.valueOf(entry.getFileName()));
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      Collections.sort(found);
      this.names = found.iterator();
    }
  }
}
