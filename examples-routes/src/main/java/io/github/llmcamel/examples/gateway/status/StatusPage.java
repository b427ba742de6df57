/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page that shows a {@link StatusReport}, which it asks for at {@code
 * status.json}. They hold no data, so they may be served to anybody.
 */
public final class StatusPage {

  /** To be sent with each file. */
  public static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private final Map<String, File> files =
      Map.of(
          "/", read("status.html", "text/html; charset=utf-8"),
          "/status.css", read("status.css", "text/css; charset=utf-8"),
          "/status.js", read("status.js", "text/javascript; charset=utf-8"));

  /**
   * The file to be served at a path.
   *
   * @return null if there is none
   */
  public @Nullable File file(String path) {
    return files.get(path);
  }

  private static File read(String name, String contentType) {
    try (InputStream in = StatusPage.class.getResourceAsStream("/gateway/" + name)) {
      return new File(contentType, Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One file.
   *
   * @param content not to be changed
   */
  public record File(String contentType, byte[] content) {}
}
