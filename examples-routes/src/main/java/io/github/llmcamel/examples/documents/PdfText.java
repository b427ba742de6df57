/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text of a PDF file, page by page. What PDFBox works with lies in temporary files. */
final class PdfText {

  private PdfText() {}

  static Reader open(Path file, int maxCharacters) throws UnreadableDocumentException {
    try (PDDocument pdf =
        Loader.loadPDF(file.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
      String text = text(pdf, maxCharacters);
      if (text.isBlank()) {
        throw new UnreadableDocumentException(
            "The PDF has no text on its %d page(s); it may be a scan."
                .formatted(pdf.getNumberOfPages()));
      }
      return new StringReader(text);
    } catch (UnreadableDocumentException e) {
      throw e;
    } catch (InvalidPasswordException e) {
      throw new UnreadableDocumentException("The PDF is encrypted; it needs a password.", e);
    } catch (NoClassDefFoundError e) { // of Bouncy Castle, for certificates alone
      throw new UnreadableDocumentException("The PDF is encrypted; it needs a certificate.", e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new UnreadableDocumentException("The PDF is broken: " + e.getMessage(), e);
    }
  }

  private static String text(PDDocument pdf, int maxCharacters) throws IOException {
    PDFTextStripper stripper = new BoundedStripper(maxCharacters);
    stripper.setLineSeparator("\n");
    stripper.setParagraphEnd("\n");
    stripper.setPageEnd("\n");
    try {
      return stripper.getText(pdf);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Stops at the glyph that is too many: a page is otherwise gathered before it is written. */
  private static final class BoundedStripper extends PDFTextStripper {

    private final int maxCharacters;
    private int count;

    BoundedStripper(int maxCharacters) {
      this.maxCharacters = maxCharacters;
    }

    @Override
    protected void processTextPosition(TextPosition glyph) {
      count++;
      if (count > maxCharacters) {
        throw new UncheckedIOException(Texts.tooLong(maxCharacters));
      }
      super.processTextPosition(glyph);
    }
  }
}
