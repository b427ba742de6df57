/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import io.github.llmcamel.examples.documents.TextSplitter.Cut;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/**
 * A program that reads all documents of its arguments in pieces of 1000 tokens, and says how many
 * there were. How much memory it needs, its heap decides.
 */
final class CountPieces {

  private long documents;
  private long pieces;
  private long failed;

  public static void main(String[] inputs) throws Exception {
    CountPieces count = new CountPieces();
    try (DocumentSource source =
        DocumentSource.of(
            List.of(inputs),
            file -> false,
            new RowFields("text", null),
            DocumentLimits.DEFAULT,
            InputStream.nullInputStream())) {
      source.forEachRemaining(count::add);
    }
    System.out.printf(
        "%d documents, %d pieces, %d failed%n", count.documents, count.pieces, count.failed);
  }

  private final DocumentPieces splitter =
      new DocumentPieces(new TextSplitter(Cut.PARAGRAPH, 1000, 100), DocumentLimits.DEFAULT);

  private void add(Document document) {
    documents++;
    try {
      Iterator<String> split = splitter.split(document);
      while (split.hasNext()) {
        split.next();
        pieces++;
      }
    } catch (UnreadableDocumentException e) {
      System.out.println(e.getMessage());
      failed++;
    }
  }
}
