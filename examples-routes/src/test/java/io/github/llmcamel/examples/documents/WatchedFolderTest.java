/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {

  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final CamelContext camel = new DefaultCamelContext();
  private volatile String last = "no document";

  @BeforeEach
  void start() throws Exception {
    RouteBuilder.addRoutes(camel, route -> route.from("direct:document").process(this::see));
    camel.addRoutes(
        new WatchedFolder(folder, RowFields.WHOLE, DocumentLimits.DEFAULT, "direct:document"));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void documentsAreSentAsTheyArriveAndFilesStayWhereTheyAre() throws IOException {
    write("a.txt", LONG_AGO);
    awaitDocuments("a.txt");
    write("sub/b.txt", LONG_AGO);
    write(".hidden", LONG_AGO);
    awaitDocuments("a.txt", "sub/b.txt");

    assertThat(folder.resolve("a.txt")).exists();
  }

  @Test
  void aFileThatHasChangedIsSentOnceMoreAndNoOther() throws IOException {
    write("a.txt", LONG_AGO);
    write("b.txt", LONG_AGO);
    awaitDocuments("a.txt", "b.txt");
    write("a.txt", LONG_AGO.plusSeconds(1));

    awaitDocuments("a.txt", "b.txt", "a.txt");
  }

  @Test
  void aFileThatMayBeWrittenToStillIsNotSent() throws IOException {
    write("a.txt", Instant.now().plus(Duration.ofHours(1)));
    write("b.txt", LONG_AGO);
    awaitDocuments("b.txt");
    write("c.txt", LONG_AGO);

    awaitDocuments("b.txt", "c.txt");
  }

  @Test
  void rowsAreSentOneByOne() throws IOException {
    write("a.jsonl", LONG_AGO);

    awaitDocuments("a.jsonl#1", "a.jsonl#2");
  }

  @Test
  void anExchangeThatIsStoppedIsTheLastOneOfItsFile() throws IOException {
    last = "a.jsonl#1";
    write("a.jsonl", LONG_AGO);
    awaitDocuments("a.jsonl#1");
    write("b.txt", LONG_AGO);

    awaitDocuments("a.jsonl#1", "b.txt");
  }

  @Test
  void anEmptyFileIsADocument() throws IOException {
    Path file = Files.createFile(folder.resolve("a.txt"));
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));

    awaitDocuments("a.txt");
  }

  @Test
  void aPathThatMeansSomethingElseInAUriIsRefused() {
    assertThatThrownBy(
            () ->
                new WatchedFolder(
                    Path.of("100%"), RowFields.WHOLE, DocumentLimits.DEFAULT, "direct:document"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The folder is 100%; one that is watched has neither ? nor % in its path. Rename it.");
  }

  private void see(Exchange exchange) {
    String document = exchange.getMessage().getBody(Document.class).id();
    seen.add(document);
    exchange.setRouteStop(document.endsWith(last));
    assertThat(folder).isDirectoryNotContaining("glob:**.camelLock");
  }

  private void write(String name, Instant modified) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Path part = Files.writeString(folder.resolve(".part"), "{}\n{}\n");
    Files.setLastModifiedTime(part, FileTime.from(modified));
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitDocuments(String... names) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(seen)
                    .containsExactlyInAnyOrder(
                        Arrays.stream(names)
                            .map(name -> folder.resolve(name).toString())
                            .toArray(String[]::new)));
  }
}
