/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with a provider, byte for byte: the folder {@code wire/<protocol>/<case>}.
 *
 * @param name the folder's name
 * @param request {@code request.json}, what must be sent; null where the folder has none
 * @param asked {@code asked.json}, what a gateway is sent for it in OpenAI's format; the request
 *     itself where the folder has none
 * @param head status and headers of {@code reply.http}
 * @param body what follows them, with the transfer coding removed
 * @param expected {@code events.json}; missing for an answer that is no conversation's
 */
public record Transcript(
    String name,
    @Nullable JsonNode request,
    @Nullable JsonNode asked,
    ReplyHead head,
    byte[] body,
    JsonNode expected) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All transcripts of a protocol, by name. */
  public static List<Transcript> all(String protocol) {
    return folders(protocol).map(Transcript::read).toList();
  }

  /** One transcript. */
  public static Transcript named(String protocol, String name) {
    return read(root().resolve(protocol).resolve(name));
  }

  /** All files of all transcripts. */
  public static List<Path> files() {
    try (Stream<Path> files = Files.walk(root())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static Stream<Path> folders(String protocol) {
    try (Stream<Path> folders = Files.list(root().resolve(protocol))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    URL folder = Objects.requireNonNull(Transcript.class.getResource("/wire"), "/wire");
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Transcript read(Path folder) {
    try {
      byte[] reply = Files.readAllBytes(folder.resolve("reply.http"));
      String text = new String(reply, ISO_8859_1);
      int crlf = text.indexOf("\r\n\r\n");
      int end = crlf >= 0 ? crlf : text.indexOf("\n\n");
      byte[] body = text.substring(end + (crlf >= 0 ? 4 : 2)).getBytes(ISO_8859_1);
      JsonNode request = readIfPresent(folder.resolve("request.json"));
      JsonNode asked = readIfPresent(folder.resolve("asked.json"));
      JsonNode events = readIfPresent(folder.resolve("events.json"));
      return new Transcript(
          folder.getFileName().toString(),
          request,
          asked != null ? asked : request,
          head(text.substring(0, end)),
          body,
          events != null ? events : JSON.missingNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable JsonNode readIfPresent(Path file) throws IOException {
    return Files.exists(file) ? JSON.readTree(Files.readString(file, UTF_8)) : null;
  }

  private static ReplyHead head(String text) {
    List<String> lines = text.lines().toList();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(lines.get(0).substring(9, 12));
    return new ReplyHead(
        "acme", URI.create("http://localhost:1/v1/chat"), status, headers, Secrets.NONE);
  }
}
