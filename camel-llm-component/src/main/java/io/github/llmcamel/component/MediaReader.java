/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.Part;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message body as images, documents and recordings: by its Java type and media type, never
 * by its content.
 */
final class MediaReader {

  private static final String UNTOLD = "application/octet-stream";

  private final Exchange exchange;
  private final MediaLimit limit;

  private MediaReader(Exchange exchange, MediaLimit limit) {
    this.exchange = exchange;
    this.limit = limit;
  }

  /**
   * The pieces of a user message that the body is; empty if it is text or anything else.
   *
   * @throws IllegalArgumentException if it cannot be read or is too large
   */
  static List<Part> read(Exchange exchange, MediaLimit limit) {
    return new MediaReader(exchange, limit).parts(exchange.getMessage().getBody());
  }

  private List<Part> parts(@Nullable Object body) {
    if (body instanceof Part part) {
      return List.of(part);
    }
    if (body instanceof URI uri) {
      return List.of(link(uri));
    }
    if (body instanceof URL url) {
      return List.of(link(uri(url)));
    }
    return body != null && holdsBytes(body) ? content(body) : BodyReader.listOf(Part.class, body);
  }

  private static boolean holdsBytes(Object body) {
    return body instanceof byte[]
        || body instanceof InputStream
        || body instanceof File
        || body instanceof Path
        || body instanceof WrappedFile<?>;
  }

  private List<Part> content(Object body) {
    String type = mediaType(body);
    if (!MediaTypes.isMedia(type)) {
      return List.of();
    }
    String name = name(body);
    String what = name.isEmpty() ? "The body" : "The file " + name;
    byte[] bytes = bytes(body, what);
    if (bytes.length == 0) {
      throw new IllegalArgumentException(
          what + " is empty. Check that no earlier step of the route has read it.");
    }
    return List.of(Part.Media.of(type, bytes, name.isEmpty() ? null : name));
  }

  private byte[] bytes(Object body, String what) {
    if (body instanceof byte[] bytes) {
      return limit.checked(bytes, what);
    }
    try (InputStream content =
        exchange
            .getContext()
            .getTypeConverter()
            .mandatoryConvertTo(InputStream.class, exchange, body)) {
      return limit.read(content, what);
    } catch (IOException | TypeConversionException | NoTypeConversionAvailableException e) {
      throw new IllegalArgumentException(
          what + " cannot be read. Check that it exists and that nobody has closed it.", e);
    } finally {
      if (body instanceof StreamCache cache) {
        cache.reset(); // for those who read it after us
      }
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException quotesIt) {
      throw new IllegalArgumentException(
          "The body is a URL with characters that it must not have. Escape them.");
    }
  }

  private Part link(URI uri) {
    String url = uri.toString();
    String scheme = String.valueOf(uri.getScheme());
    String type =
        switch (scheme) {
          case "data" ->
              MediaTypes.withoutParameters(url.substring(5, Math.max(url.indexOf(','), 5)));
          case "http", "https" -> mediaType(uri);
          default ->
              throw new IllegalArgumentException(
                  "The body is a URL of the scheme %s. Use http, https or data, or a File."
                      .formatted(scheme));
        };
    if (!MediaTypes.isMedia(type)) {
      throw new IllegalArgumentException(
          "The body is a URL of no image, document or recording that we know%s. Set the header"
                  .formatted(type.isEmpty() ? "" : ": its media type is " + type)
              + " Content-Type, such as image/png, or convert the body to a String.");
    }
    return new Part.Media(Part.Media.kindOf(type), url, null, null);
  }

  /** The media type, by the body's own name, then the headers; empty if nothing tells it. */
  private String mediaType(Object body) {
    String own = MediaTypes.ofName(ownName(body));
    if (own != null) {
      return own;
    }
    for (String header : List.of(Exchange.CONTENT_TYPE, Exchange.FILE_CONTENT_TYPE)) {
      String type = MediaTypes.withoutParameters(header(header));
      if (!type.isEmpty() && !type.equals(UNTOLD)) {
        return type;
      }
    }
    String byName = MediaTypes.ofName(header(Exchange.FILE_NAME));
    return byName == null ? "" : byName;
  }

  /** The name of a file without its folders; empty if there is none. */
  private String name(Object body) {
    String own = ownName(body);
    String name = own.isEmpty() ? header(Exchange.FILE_NAME) : own;
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  /** What the body itself says that it is called, headers aside; empty if it says nothing. */
  private static String ownName(@Nullable Object body) {
    if (body instanceof WrappedFile<?> wrapped) {
      return ownName(wrapped.getFile());
    }
    if (body instanceof URI uri) {
      return String.valueOf(uri.getPath());
    }
    return body instanceof File || body instanceof Path ? body.toString() : "";
  }

  private String header(String name) {
    return exchange.getMessage().getHeader(name, "", String.class);
  }
}
