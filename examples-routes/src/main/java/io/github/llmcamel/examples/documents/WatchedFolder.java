/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.nio.file.Path;
import java.util.Iterator;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * Sends the documents of a folder to an endpoint as they arrive, until its route is stopped.
 *
 * <p>Camel's file endpoint looks into the folder and its sub-folders once in a second. A file
 * counts when nobody has written to it for two seconds, and once more when it has changed; it stays
 * where it is. Each document is the body of an exchange of its own; those of one file follow one
 * another. An exchange that fails brings its file again a second later, so the endpoint deals with
 * failures itself. The endpoint may hold up the thread that brings documents; an exchange whose
 * route it stops is the last one of its file. What was there in an earlier run comes again as well.
 */
public final class WatchedFolder extends RouteBuilder {

  /** Some 200 bytes each. A folder with more files would be sent over and over. */
  private static final int MOST_FILES = 500_000;

  private static final String FILES =
      "file:%s?recursive=true&noop=true&maxMessagesPerPoll=1000&delay=1000&greedy=true"
          + "&idempotentKey=${file:name}/${file:modified}/${file:size}"
          + "&idempotentRepository=#watchedFiles"
          + "&readLock=changed&readLockMinAge=2000&readLockCheckInterval=100&readLockTimeout=200"
          + "&readLockMinLength=0&readLockMarkerFile=false&readLockLoggingLevel=DEBUG";

  private final Path folder;
  private final RowFields fields;
  private final DocumentLimits limits;
  private final String to;

  /**
   * @param folder exists; its path has neither {@code ?} nor {@code %}, which mean something else
   *     in a URI of Camel
   * @param to the URI of the endpoint
   * @throws IllegalArgumentException if the path has one of them
   */
  public WatchedFolder(Path folder, RowFields fields, DocumentLimits limits, String to) {
    if (folder.toString().matches(".*[?%].*")) {
      throw new IllegalArgumentException(
          "The folder is %s; one that is watched has neither ? nor %% in its path. Rename it."
              .formatted(folder));
    }
    this.folder = folder;
    this.fields = fields;
    this.limits = limits;
    this.to = to;
  }

  @Override
  public void configure() {
    getContext()
        .getRegistry()
        .bind("watchedFiles", MemoryIdempotentRepository.memoryIdempotentRepository(MOST_FILES));
    from(FILES.formatted(folder))
        .routeId("watched-folder " + folder)
        .split()
        .method(this, "documents")
        .streaming()
        .stopOnException()
        .to(to);
  }

  /** The file itself, or its rows. */
  public Iterator<Document> documents(GenericFile<?> file) {
    return DocumentSource.ofFile(folder.resolve(file.getRelativeFilePath()), fields, limits);
  }
}
