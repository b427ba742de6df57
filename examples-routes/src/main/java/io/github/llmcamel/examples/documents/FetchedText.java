/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.documents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/** The text of what a web server answered. It passes through a temporary file. Thread-safe. */
public final class FetchedText {

  private final DocumentLimits limits;
  private final Texts texts;

  FetchedText(DocumentLimits limits) {
    this.limits = limits;
    this.texts = new Texts(limits);
  }

  /**
   * Reads the answer, and closes it.
   *
   * @throws UnreadableDocumentException if it is none, or has no text or too much of it
   */
  public String read(
      @Body @Nullable InputStream answer,
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Header(Exchange.CONTENT_TYPE) @Nullable String contentType,
      @Header(Exchange.HTTP_URI) String url)
      throws IOException {
    try (answer) {
      if (status / 100 != 2) {
        throw new UnreadableDocumentException("The server answered with status " + status + ".");
      }
      if (answer == null) {
        throw new UnreadableDocumentException("The document is empty.");
      }
      ContentType type = ContentType.parseLenient(contentType);
      Format format = format(type, url);
      Path file = Files.createTempFile("fetched", null);
      try {
        Files.copy(
            new LimitedStream(answer, limits.maxFileBytes()),
            file,
            StandardCopyOption.REPLACE_EXISTING);
        return texts.read(file, format, type == null ? null : type.getCharset());
      } finally {
        Files.delete(file);
      }
    }
  }

  private static Format format(@Nullable ContentType type, String url)
      throws UnreadableDocumentException {
    String name = String.valueOf(URI.create(url).getPath());
    if (type == null || type.getMimeType() == null) {
      return Format.ofName(name);
    }
    String mediaType = type.getMimeType().toLowerCase(Locale.ROOT);
    if (mediaType.equals("application/octet-stream")) {
      return Format.ofName(name);
    }
    Format format = Format.ofMediaType(mediaType);
    if (format == null) {
      throw new UnreadableDocumentException(
          "The document is %s, of which no text can be read.".formatted(mediaType));
    }
    return format;
  }
}
