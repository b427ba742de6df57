/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfTextTest {

  @TempDir private Path folder;

  @Test
  void thePagesAreReadInOrder() throws Exception {
    Path pdf = save(pdf("First page", "Second page"));

    assertThat(Reasons.text(pdf)).isEqualToNormalizingWhitespace("First page Second page");
  }

  @Test
  void aPdfWithAPasswordIsEncrypted() throws Exception {
    Path pdf = save(encrypted("secret"));

    assertThat(Reasons.of(pdf)).isEqualTo("The PDF is encrypted; it needs a password.");
  }

  @Test
  void aPdfThatAnyoneMayOpenIsReadThoughItIsEncrypted() throws Exception {
    assertThat(Reasons.text(save(encrypted("")))).isEqualToIgnoringWhitespace("A page");
  }

  @Test
  void aPdfWithoutTextMayBeAScan() throws Exception {
    assertThat(Reasons.of(save(pdf("", ""))))
        .isEqualTo("The PDF has no text on its 2 page(s); it may be a scan.");
  }

  @Test
  void aPdfThatIsCutOffOrNoneIsBroken() throws Exception {
    byte[] whole = Files.readAllBytes(save(pdf("A page")));
    Path text = Files.writeString(folder.resolve("text.pdf"), "Dear all");
    Path cut = Files.write(folder.resolve("cut.pdf"), Arrays.copyOf(whole, 40));

    assertThat(Reasons.of(text)).startsWith("The PDF is broken: ");
    assertThat(Reasons.of(cut)).startsWith("The PDF is broken: ");
    assertThat(Reasons.of(Files.createFile(folder.resolve("empty.pdf"))))
        .isEqualTo("The document is empty.");
  }

  @Test
  void tooMuchOfItIsNotRead() throws Exception {
    Path pdf = save(pdf("0123456789", "0123456789"));

    assertThat(Reasons.of(pdf, new DocumentLimits(1_000_000, 15)))
        .isEqualTo("The document has more than 15 characters; no more are taken into memory.");
    assertThat(Reasons.of(pdf, new DocumentLimits(100, 1_000)))
        .isEqualTo("The document has %,d bytes; at most 100 are read.", Files.size(pdf));
  }

  private static PDDocument encrypted(String password) throws IOException {
    PDDocument pdf = pdf("A page");
    StandardProtectionPolicy policy =
        new StandardProtectionPolicy("owner", password, new AccessPermission());
    policy.setEncryptionKeyLength(128);
    pdf.protect(policy);
    return pdf;
  }

  private static PDDocument pdf(String... pages) throws IOException {
    PDDocument pdf = new PDDocument();
    for (String text : pages) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        if (!text.isEmpty()) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(50, 700);
          content.showText(text);
          content.endText();
        }
      }
    }
    return pdf;
  }

  private Path save(PDDocument pdf) throws IOException {
    Path file = folder.resolve("document.pdf");
    try (pdf) {
      pdf.save(file.toFile());
    }
    return file;
  }
}
