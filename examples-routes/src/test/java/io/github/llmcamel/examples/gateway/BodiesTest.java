/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.launch.CannotStartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies may be encoded, and how long they may be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodiesTest {

  private static final int MAX_BYTES = 2_000;
  private static final String CHAT = "/v1/chat/completions";

  @TempDir private static Path folder;

  private RunningGateway gateway;

  @BeforeAll
  void start() throws CannotStartException {
    gateway =
        RunningGateway.start(
            folder, "gateway.models[*]=llm:simulator", "gateway.max-body-bytes=" + MAX_BYTES);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP"})
  void aBodyMayBeCompressed(String encoding) {
    Reply reply = gateway.post(CHAT, gzip(request("Hällo")), "Content-Encoding", encoding);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).contains("Hällo");
  }

  @Test
  void theLimitHoldsForWhatIsInside() {
    byte[] bomb = gzip(request("a".repeat(1_000_000)));

    assertThat(bomb).hasSizeLessThan(MAX_BYTES);
    isTooLarge(gateway.post(CHAT, bomb, "Content-Encoding", "gzip"));
    isTooLarge(gateway.post("/v1/embeddings", bomb, "Content-Encoding", "gzip"));
  }

  @Test
  void aBodyMayBeAsLongAsTheLimitAndNoLonger() {
    byte[] longest = request("a".repeat(MAX_BYTES - request("").length));

    assertThat(gateway.post(CHAT, longest).status()).isEqualTo(200);
    assertThat(gateway.post(CHAT, gzip(longest), "Content-Encoding", "gzip").status())
        .isEqualTo(200);
    byte[] longer = Arrays.copyOf(longest, MAX_BYTES + 1);
    longer[MAX_BYTES] = ' ';
    isTooLarge(gateway.post(CHAT, longer));
    isTooLarge(gateway.post(CHAT, gzip(longer), "Content-Encoding", "gzip"));
  }

  private static void isTooLarge(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(413);
    assertThat(reply.error().path("code").asText()).isEqualTo("request_too_large");
    assertThat(reply.error().path("message").asText()).contains(Integer.toString(MAX_BYTES));
  }

  @Test
  void whatIsNotGzipIsRefused() {
    byte[] whole = gzip(request("Hello"));

    assertThat(gateway.post(CHAT, request("Hello"), "Content-Encoding", "gzip").status())
        .isEqualTo(400);
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);
    assertThat(gateway.post(CHAT, cut, "Content-Encoding", "gzip").status()).isEqualTo(400);
    for (String encoding : new String[] {"br", "deflate", "gzip, gzip"}) {
      Reply reply = gateway.post(CHAT, whole, "Content-Encoding", encoding);
      assertThat(reply.status()).as(encoding).isEqualTo(415);
      assertThat(reply.error().path("message").asText()).contains("gzip");
    }
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    Reply reply = gateway.post(CHAT, new String(request("ä"), UTF_8).getBytes(ISO_8859_1));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error().path("message").asText()).contains("UTF-8");
  }

  private static byte[] request(String text) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(text)
        .getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
