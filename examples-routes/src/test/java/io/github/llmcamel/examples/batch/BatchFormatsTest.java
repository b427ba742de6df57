/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run over documents of every kind. */
class BatchFormatsTest {

  @TempDir private Path out;
  @TempDir private Path folder;

  @Test
  void everyKindOfDocumentIsReadAndTheEncryptedOneFailsAlone() throws IOException {
    writePdf(folder.resolve("a.pdf"), "Invoice no. 1", false);
    writePdf(folder.resolve("encrypted.pdf"), "Invoice no. 2", true);
    writeDocx(folder.resolve("a.docx"), "Contract of sale");
    Files.writeString(folder.resolve("page.html"), "<title>x</title><p>Minutes of a meeting");
    Files.writeString(folder.resolve("rows.csv"), "kind,text\ninvoice,Total due\nlog,ERROR\n");

    BatchOutcome run;
    HttpServer web = web("/letter.txt", "Dear all");
    try {
      String url = "http://127.0.0.1:%d/letter.txt".formatted(web.getAddress().getPort());
      run = BatchOutcome.of(folder, out, url);
    } finally {
      web.stop(0);
    }

    ObjectNode results = run.results();
    assertThat(results.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "a.pdf",
            "encrypted.pdf",
            "a.docx",
            "page.html",
            "rows.csv#1",
            "rows.csv#2",
            "letter.txt");
    assertThat(results.findParents("error")).hasSize(1);
    assertThat(results.path("encrypted.pdf").path("error").asText())
        .isEqualTo("The PDF is encrypted; it needs a password.");
    // The simulator's summary begins with its text.
    assertThat(summary(results.path("a.pdf"))).contains("Invoice no. 1");
    assertThat(summary(results.path("a.docx"))).contains("Contract of sale");
    assertThat(summary(results.path("page.html"))).contains("Minutes of a meeting");
    assertThat(summary(results.path("rows.csv#2"))).contains("ERROR");
    assertThat(summary(results.path("letter.txt"))).contains("Dear all");
    assertThat(run.report()).contains("encrypted.pdf | The PDF is encrypted; it needs a password.");
    assertThat(run.exitCode()).isOne();
  }

  private static String summary(JsonNode result) {
    return result.path("summary").asText();
  }

  private static void writePdf(Path file, String text, boolean isEncrypted) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(50, 700);
        content.showText(text);
        content.endText();
      }
      if (isEncrypted) {
        pdf.protect(new StandardProtectionPolicy("owner", "secret", new AccessPermission()));
      }
      pdf.save(file.toFile());
    }
  }

  private static void writeDocx(Path file, String text) throws IOException {
    try (XWPFDocument docx = new XWPFDocument();
        OutputStream out = Files.newOutputStream(file)) {
      docx.createParagraph().createRun().setText(text);
      docx.write(out);
    }
  }

  private static HttpServer web(String path, String text) throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
    return web;
  }
}
