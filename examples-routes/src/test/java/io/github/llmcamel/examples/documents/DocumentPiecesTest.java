/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.examples.documents.TextSplitter.Cut;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentPiecesTest {

  private final DocumentPieces pieces =
      new DocumentPieces(new TextSplitter(Cut.PARAGRAPH, 100, 0), new DocumentLimits(1_000, 1_000));

  @TempDir private Path folder;

  @Test
  void aTextThatIsTooLongToBeReadAtOnceIsReadInPieces() throws Exception {
    String text = "A paragraph of a few words.\n\n".repeat(1_000);
    Path file = Files.writeString(folder.resolve("a.txt"), text);

    List<String> read = new ArrayList<>();
    pieces.split(Document.File.at(file)).forEachRemaining(read::add);

    assertThat(read).hasSizeGreaterThan(10);
    assertThat(String.join("\n\n", read)).isEqualTo(text.strip());
  }

  @Test
  void aDocumentThatFitsIsOnePiece() throws Exception {
    assertThat(pieces.split(new Document.Row("a.csv#1", "a.csv", 1, "Dear all")))
        .toIterable()
        .containsExactly("Dear all");
  }

  @Test
  void aDocumentWithoutTextHasNoPieces() {
    Document blank = new Document.Row("a.csv#1", "a.csv", 1, " \n");

    assertThatThrownBy(() -> pieces.split(blank))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessage("The document is empty.");
    assertThatThrownBy(() -> pieces.split(Document.File.at(folder.resolve("gone.txt"))))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessageStartingWith("The document cannot be read: ");
  }

  @Test
  void aDocumentThatBreaksOffFailsItsExchange() throws Exception {
    byte[] text = ("A paragraph.\n\n".repeat(10_000) + "ß").getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("a.txt"), text);
    List<Object> seen = new ArrayList<>();
    CamelContext camel = new DefaultCamelContext();
    RouteBuilder.addRoutes(
        camel,
        route -> {
          route.errorHandler(route.noErrorHandler());
          route
              .from("direct:document")
              .split()
              .method(pieces, "split")
              .streaming()
              .stopOnException()
              .process(exchange -> seen.add(exchange.getMessage().getBody()));
        });
    camel.start();

    Exception failure =
        camel
            .createProducerTemplate()
            .request(
                "direct:document",
                exchange -> exchange.getMessage().setBody(Document.File.at(file)))
            .getException();
    camel.stop();

    assertThat(failure)
        .hasRootCauseInstanceOf(UnreadableDocumentException.class)
        .rootCause()
        .hasMessage("The document is not UTF-8 text: the byte at offset 140000 cannot be read.");
    assertThat(seen).hasSizeGreaterThan(100);
  }

  @Test
  void whoStopsEarlyClosesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "A paragraph.\n\n".repeat(10_000));
    Iterator<String> open = pieces.split(Document.File.at(file));
    ((Closeable) open).close();

    assertThatThrownBy(() -> open.forEachRemaining(piece -> {}))
        .hasRootCauseInstanceOf(ClosedChannelException.class);
  }
}
