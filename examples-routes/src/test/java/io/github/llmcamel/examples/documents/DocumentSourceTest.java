/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSourceTest {

  @TempDir private Path folder;

  @Test
  void aFolderIsReadWithItsSubFoldersInTheOrderOfTheirNames() throws IOException {
    write("b.txt", "sub/z.txt", "sub/deep/y.md", "a.txt", "c/x");

    assertThat(idsOf(folder.toString()))
        .containsExactly(
            path("a.txt"), path("b.txt"), path("c/x"), path("sub/deep/y.md"), path("sub/z.txt"));
  }

  @Test
  void hiddenFilesAreLeftOutUnlessTheyAreNamed() throws IOException {
    write(".hidden", ".git/config", "a.txt");

    assertThat(idsOf(folder.toString())).containsExactly(path("a.txt"));
    assertThat(idsOf(path(".hidden"))).containsExactly(path(".hidden"));
  }

  @Test
  void whatIsLeftOutIsAsIfItWasNotThere() throws IOException {
    write("out/a.txt", "b/out/a.txt", "c/out", "d.txt");
    List<Document> found = new ArrayList<>();
    try (DocumentSource source =
        DocumentSource.of(
            List.of(folder.toString(), path("**/*.txt"), path("out/*"), path("b/out/a.txt")),
            file -> file.endsWith("out"),
            RowFields.WHOLE,
            DocumentLimits.DEFAULT,
            InputStream.nullInputStream())) {
      source.forEachRemaining(found::add);
    }

    assertThat(found)
        .extracting(Document::id)
        .containsExactly(path("d.txt"), path("d.txt"), path("b/out/a.txt"));
  }

  @Test
  void linksToFilesCountAndThoseToFoldersAreNotFollowed() throws IOException {
    write("sub/a.txt");
    Files.createSymbolicLink(folder.resolve("b.txt"), folder.resolve("sub/a.txt"));
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

    assertThat(idsOf(folder.toString())).containsExactly(path("b.txt"), path("sub/a.txt"));
  }

  @Test
  void inputsComeInTheOrderInWhichTheyAreNamed() throws IOException {
    write("b/1.txt", "a.txt");

    assertThat(idsOf(path("b"), path("a.txt"))).containsExactly(path("b/1.txt"), path("a.txt"));
  }

  @Test
  void aPatternFindsFilesInItsFolderAlone() throws IOException {
    write("a.md", "b.txt", "sub/c.md", ".hidden.md");

    assertThat(idsOf(path("*.md"))).containsExactly(path("a.md"));
    assertThat(idsOf(path("*/?.{md,txt}"))).containsExactly(path("sub/c.md"));
  }

  @Test
  void twoStarsStandForAnyNumberOfFolders() throws IOException {
    write("a.md", "docs/b.md", "docs/x/c.md", "docs/x/y/d.md", "docs/.git/e.md");

    assertThat(idsOf(path("docs/**/*.md")))
        .containsExactly(path("docs/b.md"), path("docs/x/c.md"), path("docs/x/y/d.md"));
    assertThat(idsOf(path("**/x/*.md"))).containsExactly(path("docs/x/c.md"));
  }

  @Test
  void aFileThatIsCalledLikeAPatternIsMeant() throws IOException {
    write("[a].txt", "a.txt");

    assertThat(idsOf(path("[a].txt"))).containsExactly(path("[a].txt"));
  }

  @Test
  void aPatternThatIsNoneIsRefused() {
    assertThatThrownBy(() -> DocumentSource.of(List.of(path("[a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The pattern %s is none: ".formatted(path("[a")));
    assertThatThrownBy(() -> DocumentSource.of(List.of(path("nowhere/*"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no folder %s/. Correct the pattern %s/*."
                .formatted(path("nowhere"), path("nowhere")));
  }

  @Test
  void aListNamesUrlsAndFiles() throws IOException {
    write("a.txt");
    String list =
        """
        # remark

        https://example.org/a?b=c
        %s
        https://
        http://example.org/a b
        """
            .formatted(path("a.txt"));
    Files.writeString(folder.resolve("list"), list);
    InputStream in = new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8));

    List<Document> listed = documents(List.of("@" + path("list")), InputStream.nullInputStream());

    assertThat(listed)
        .containsExactly(
            new Document.Url(URI.create("https://example.org/a?b=c")),
            Document.File.at(folder.resolve("a.txt")),
            new Document.Unreadable(
                "https://", "https:// is no URL: Expected authority. Correct it."),
            new Document.Unreadable(
                "http://example.org/a b",
                "http://example.org/a b is no URL: Illegal character in path. Correct it."));
    assertThat(documents(List.of("-"), in)).isEqualTo(listed);
  }

  @Test
  void aUrlIsADocument() throws IOException {
    assertThat(idsOf("HTTPS://example.org/")).containsExactly("HTTPS://example.org/");
  }

  @Test
  void anInputThatDoesNotExistIsRefusedByName() {
    assertThatThrownBy(() -> DocumentSource.of(List.of(path("nowhere"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no file or folder %s. Name one that exists.".formatted(path("nowhere")));
  }

  @Test
  void aFolderThatIsGoneIsADocumentThatCannotBeRead() throws IOException {
    write("a/1.txt", "b/2.txt");
    try (DocumentSource source = DocumentSource.of(List.of(path("a"), path("b")))) {
      Files.delete(folder.resolve("a/1.txt"));
      Files.delete(folder.resolve("a"));

      assertThat(source.next())
          .isEqualTo(
              new Document.Unreadable(
                  path("a"),
                  "The document cannot be read: java.nio.file.NoSuchFileException: " + path("a")));
      assertThat(source.next().id()).isEqualTo(path("b/2.txt"));
      assertThat(source.hasNext()).isFalse();
    }
  }

  @Test
  void aClosedSourceHasNoMoreDocuments() throws IOException {
    write("a.txt", "b.txt");
    DocumentSource source = DocumentSource.of(List.of(folder.toString()));
    source.next();
    source.close();

    assertThat(source.hasNext()).isFalse();
    assertThatThrownBy(source::next).isInstanceOf(NoSuchElementException.class);
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static List<String> idsOf(String... inputs) throws IOException {
    return documents(List.of(inputs), InputStream.nullInputStream()).stream()
        .map(Document::id)
        .toList();
  }

  private static List<Document> documents(List<String> inputs, InputStream standardInput)
      throws IOException {
    List<Document> documents = new ArrayList<>();
    try (DocumentSource source =
        DocumentSource.of(
            inputs, file -> false, RowFields.WHOLE, DocumentLimits.DEFAULT, standardInput)) {
      source.forEachRemaining(documents::add);
    }
    return documents;
  }
}
