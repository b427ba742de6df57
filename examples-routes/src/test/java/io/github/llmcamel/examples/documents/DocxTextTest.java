/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocxTextTest {

  @TempDir private Path folder;

  @Test
  void paragraphsHaveABlankLineBetweenThemAndRowsOfTablesALine() throws Exception {
    Path file = folder.resolve("document.docx");
    try (XWPFDocument docx = new XWPFDocument();
        OutputStream out = Files.newOutputStream(file)) {
      docx.createParagraph().createRun().setText("Füße 😀");
      docx.createParagraph().createRun().setText("Second & last");
      XWPFTable table = docx.createTable(2, 2);
      table.getRow(0).getCell(0).setText("a");
      table.getRow(0).getCell(1).setText("b");
      table.getRow(1).getCell(0).setText("c");
      docx.write(out);
    }

    assertThat(Reasons.text(file)).startsWith("Füße 😀\n\nSecond & last\n\na");
    assertThat(Reasons.text(file).lines().map(String::strip))
        .containsExactly("Füße 😀", "", "Second & last", "", "a \tb", "c");
  }

  @Test
  void anEmptyDocumentHasNoText() throws Exception {
    assertThat(Reasons.of(docx(""))).isEqualTo("The document is empty.");
    assertThat(Reasons.of(Files.createFile(folder.resolve("empty.docx"))))
        .isEqualTo("The document is empty.");
  }

  @Test
  void aDocumentWithAPasswordIsEncrypted() throws Exception {
    Path file = folder.resolve("encrypted.docx");
    EncryptionInfo encryption = new EncryptionInfo(EncryptionMode.agile);
    Encryptor encryptor = encryption.getEncryptor();
    encryptor.confirmPassword("secret");
    try (POIFSFileSystem container = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(file)) {
      try (OutputStream encrypted = encryptor.getDataStream(container)) {
        Files.copy(docx("Dear all"), encrypted);
      }
      container.writeFilesystem(out);
    }

    assertThat(Reasons.of(file)).isEqualTo("The DOCX is encrypted; it needs a password.");
  }

  @Test
  void anOlderWordFileIsNamed() throws Exception {
    Path file = folder.resolve("old.docx");
    try (POIFSFileSystem container = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(file)) {
      container.writeFilesystem(out);
    }

    assertThat(Reasons.of(file))
        .isEqualTo("The document is no DOCX but an older Word file; save it as DOCX.");
  }

  @Test
  void aDocumentThatIsCutOffOrNoneIsBroken() throws Exception {
    byte[] whole = Files.readAllBytes(docx("Dear all"));
    Path cut = Files.write(folder.resolve("cut.docx"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.docx"), "Dear all");

    assertThat(Reasons.of(cut)).startsWith("The DOCX is broken: ");
    assertThat(Reasons.of(text)).startsWith("The DOCX is broken: ");
    assertThat(Reasons.of(zip("other.docx", "readme.txt", "Dear all")))
        .startsWith("The DOCX is broken: ");
  }

  @Test
  void aSpreadsheetIsNoDocument() throws Exception {
    Path file = folder.resolve("sheet.docx");
    try (XSSFWorkbook sheet = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      sheet.createSheet();
      sheet.write(out);
    }

    assertThat(Reasons.of(file)).isEqualTo("The DOCX is broken: it holds no Word document.");
  }

  @Test
  void tooMuchOfItIsNotRead() throws Exception {
    Path file = docx("0123456789");

    assertThat(Reasons.of(file, new DocumentLimits(1_000_000, 9)))
        .isEqualTo("The document has more than 9 characters; no more are taken into memory.");
    assertThat(Reasons.of(file, new DocumentLimits(100, 1_000)))
        .isEqualTo("The document has %,d bytes; at most 100 are read.", Files.size(file));
  }

  @Test
  void aZipBombIsNotUnpacked() throws Exception {
    // A hundred million blanks.
    assertThat(Reasons.of(inserted("bomb.docx", "<w:p>", " ".repeat(1_000_000), 100)))
        .startsWith("The DOCX is broken: ")
        .contains("Zip bomb detected!");
  }

  @Test
  void aTabIsOneAndWhereItsStopsAreIsNoText() throws Exception {
    String stops = "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr>";

    assertThat(Reasons.text(inserted("stops.docx", "<w:r>", stops + "<w:r><w:t>a</w:t></w:r>", 1)))
        .isEqualTo("ax");
    assertThat(Reasons.text(inserted("tab.docx", "<w:r>", "<w:r><w:t>a</w:t><w:tab/></w:r>", 1)))
        .isEqualTo("a\tx");
  }

  /** The document "x", with more XML before one of its elements. */
  private Path inserted(String name, String element, String xml, int times) throws IOException {
    Path file = folder.resolve(name);
    try (ZipFile small = new ZipFile(docx("x").toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(small.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = small.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("word/document.xml")) {
          String all = new String(content, StandardCharsets.UTF_8);
          int place = all.indexOf(element);
          out.write(all.substring(0, place).getBytes(StandardCharsets.UTF_8));
          byte[] more = xml.getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < times; i++) {
            out.write(more);
          }
          out.write(all.substring(place).getBytes(StandardCharsets.UTF_8));
        } else {
          out.write(content);
        }
      }
    }
    return file;
  }

  private Path docx(String text) throws IOException {
    Path file = folder.resolve("document.docx");
    try (XWPFDocument docx = new XWPFDocument();
        OutputStream out = Files.newOutputStream(file)) {
      docx.createParagraph().createRun().setText(text);
      docx.write(out);
    }
    return file;
  }

  private Path zip(String name, String entry, String content) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
