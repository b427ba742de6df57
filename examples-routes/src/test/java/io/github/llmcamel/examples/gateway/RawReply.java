/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it stands in the bytes of HTTP/1.1.
 *
 * @param head the first line and the headers, with their line ends
 * @param body with its chunks, if it is sent in some
 */
record RawReply(String head, String body) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) [^\r\n]*\r\n");

  /** Reads one answer with a Content-Length, or all until the end of the connection. */
  static RawReply read(InputStream in) throws IOException {
    String head = readHead(in);
    String length = header(head, "Content-Length");
    byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    return new RawReply(head, new String(body, ISO_8859_1));
  }

  /** Reads the first line and the headers, and leaves the body. */
  static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("The connection ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  int status() {
    Matcher first = STATUS.matcher(head);
    return first.lookingAt() ? Integer.parseInt(first.group(1)) : 0;
  }

  /** A header's first value. */
  @Nullable String header(String name) {
    return header(head, name);
  }

  private static @Nullable String header(String head, String name) {
    Matcher line = Pattern.compile("(?im)^%s: *(.*)$".formatted(name)).matcher(head);
    return line.find() ? line.group(1) : null;
  }
}
