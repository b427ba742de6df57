/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static io.github.llmcamel.examples.gateway.Refused.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are none, too long, or made to exhaust. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbusedBodyTest {

  private RunningGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = RunningGateway.start(folder);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz", "-1", "fffffffffffffffff"})
  void aChunkThatIsNoneIsRefused(String size) throws Exception {
    String chunked = post("").replaceFirst("Content-Length: 0", "Transfer-Encoding: chunked");
    assertRefused(gateway, chunked + size + "\r\n{\r\n\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        "{\"model\":1}",
        "{\"model\":\" \"}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":1}",
        "{\"model\":\"m\",\"messages\":[1]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"x\"}]}",
        CHAT + "x",
        CHAT + CHAT,
        "\u00ff\u00fe",
        "{\"model\":\"\u00c3(\"}",
        "\u00ef\u00bb\u00bf" + CHAT
      })
  void aBodyThatIsNoChatRequestIsRefused(String body) throws Exception {
    assertRefused(gateway, post(body), 400);
  }

  @Test
  void jsonThatIsMadeToExhaustIsRefused() throws Exception {
    assertRefused(gateway, post("[".repeat(100_000)), 400);
    assertRefused(gateway, post("{\"a\":".repeat(100_000)), 400);
    assertRefused(gateway, post(CHAT.replace("\"Hi\"", "[".repeat(5_000))), 400);
    assertRefused(gateway, post(CHAT.replace("}]", "}],\"seed\":" + "9".repeat(5_000))), 400);
    assertRefused(gateway, post("{\"" + "a".repeat(60_000) + "\":1}"), 400);
  }

  @Test
  void aBodyOf50MegabytesIsRefused() throws Exception {
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) ' ');
    byte[][] parts = new byte[51][];
    Arrays.fill(parts, part);

    parts[0] = bytes(post("").replaceFirst("Length: 0", "Length: 52428800"));
    assertRefused(RawClient.ask(gateway.address(), parts), 413);

    parts[0] = bytes(post("").replaceFirst("Content-Length: 0", "Transfer-Encoding: chunked"));
    for (int i = 1; i < parts.length; i++) {
      parts[i] = bytes("100000\r\n" + new String(part, ISO_8859_1) + "\r\n");
    }
    assertRefused(RawClient.ask(gateway.address(), parts), 413);
  }

  @Test
  void aGzipBombIsRefused() throws Exception {
    byte[] bomb = gzip(128); // gzip makes nothing smaller than a thousandth
    assertThat(bomb.length).isLessThan(1 << 18);
    assertRefused(gzipped(bomb), 413);
    assertRefused(gzipped(Arrays.copyOf(gzip(1), 500)), 400);
  }

  @Test
  void smallBodiesWhoseJsonFillsTheMemoryAreRefused() throws Exception {
    byte[] bomb = gzip("{\"x\":[" + "{},".repeat(5_000_000) + "{}]}");
    assertThat(bomb.length).isLessThan(1 << 17);
    ExecutorService crowd = Executors.newFixedThreadPool(6);
    try {
      Callable<RawReply> request = () -> gzipped(bomb);
      for (Future<RawReply> reply : crowd.invokeAll(Collections.nCopies(6, request))) {
        assertThat(reply.get().status()).isIn(400, 503);
      }
    } finally {
      crowd.shutdownNow();
    }
    gateway.assertServes();
  }

  private RawReply gzipped(byte[] body) throws IOException {
    String head =
        post("", "Content-Encoding: gzip\r\n").replaceFirst("Length: 0", "Length: " + body.length);
    return RawClient.ask(gateway.address(), bytes(head), body);
  }

  /** So many megabytes of nothing. */
  private static byte[] gzip(int megabytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < megabytes; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
