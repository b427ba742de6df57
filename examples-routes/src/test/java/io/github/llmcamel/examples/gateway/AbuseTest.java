/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.get;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.testkit.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody means well with, or nobody has read the standard for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseTest {

  private static final ObjectMapper JSON = new ObjectMapper();

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
  @ValueSource(
      strings = {
        "/v1/../v1/models",
        "/v1/%2e%2e/v1/models",
        "//v1/models",
        "/v1//models",
        "/v1/models/..",
        "/v1/models/..%2f..",
        "/v1/models/..%2Fchat%2Fcompletions",
        "/v1/models/a%2F%2E%2E%2Fb",
        "/v1/models/%2e%2e",
        "/v1/models/../chat/completions",
        "/v1/models;x=y",
        "/v1/models/;x=y",
        "/;/v1/models",
        "/v1/mod%65ls",
        "/v1/models/",
        "/v1/models/a%00b",
        "/v1/models/%0d%0aX-Evil:%20yes",
        "/v1/models/%ff",
        "/v1/models/%zz",
        "/v1/models\\x",
        "/v1/models#x",
        "v1/models",
        "*",
        "/..",
        "/../etc/passwd",
        "http://evil.example/v1/models",
        "/v1/models/no-such-model",
        "/no/such/path"
      })
  void aPathThatIsNotServedAsItIsWrittenIsRefused(String target) throws Exception {
    assertRefused(get(target), 400, 404);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, GET, POST",
    "/v1/chat/completions, DELETE, POST",
    "/v1/chat/completions, OPTIONS, POST",
    "/v1/chat/completions, TRACE, POST",
    "/v1/chat/completions, NONSENSE, POST",
    "/v1/chat/completions, get, POST",
    "/v1/embeddings, PUT, POST",
    "/v1/models, POST, GET",
    "/v1/models, TRACE, GET",
    "/v1/models/demo, DELETE, GET"
  })
  void anotherMethodIsToldThoseThatAreAllowed(String path, String method, String allowed)
      throws Exception {
    RawReply reply = assertRefused(get(path).replaceFirst("GET", method), 405);
    assertThat(reply.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json, text/plain",
        "application/json;charset=utf-16",
        "application/json;charset=none-of-these",
        "text/plain;application/json"
      })
  void aBodyThatIsNotDeclaredAsJsonIsRefused(String type) throws Exception {
    assertRefused(post(CHAT).replace("application/json", type), 415);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 3, 400",
    "Transfer-Encoding: chunked, 400",
    "Transfer-Encoding: gzip, 400",
    "X-Folded: a~ b, 400",
    "X-Space : a, 400",
    "no colon, 400",
    ": no name, 400",
    "Host: evil.example, 400",
    "Expect: the unexpected, 417",
    "Content-Encoding: br, 415",
    "Content-Encoding: gzip, 400"
  })
  void aHeaderThatCannotBeRightIsRefused(String header, int status) throws Exception {
    assertRefused(post(CHAT, header.replace("~", "\r\n") + "\r\n"), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+5", "3, 3", "99999999999999999999", "0x10", ""})
  void aLengthThatIsNoneIsRefused(String length) throws Exception {
    assertRefused(
        post("{}").replaceFirst("Content-Length: 2", "Content-Length: " + length), 400, 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz", "-1", "fffffffffffffffff"})
  void aChunkThatIsNoneIsRefused(String size) throws Exception {
    String chunked = post("").replaceFirst("Content-Length: 0", "Transfer-Encoding: chunked");
    assertRefused(chunked + size + "\r\n{\r\n\r\n", 400);
  }

  @Test
  void headersThatAreTooLargeOrTooManyAreRefused() throws Exception {
    assertRefused(post(CHAT, "X-Large: " + "a".repeat(20_000) + "\r\n"), 431);
    assertRefused(post(CHAT, "X-Many: a\r\n".repeat(10_000)), 431);
    assertRefused(post(CHAT, "X-Nul: a\0b\r\n"), 400);
    assertRefused(get("/" + "a".repeat(20_000)), 414);
  }

  @Test
  void whatCannotBeReadHasItsLineInTheAccessLog() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      RawReply reply = assertRefused(post(CHAT, "X-Nul: a\0b\r\n"), 400);

      assertThat(log.linesWith("request_id=" + reply.header("x-request-id")))
          .singleElement()
          .asString()
          .contains("status=400", "ended=rejected");
    }
  }

  @Test
  void otherProtocolsAreRefused() throws Exception {
    assertRefused("GET /v1/models\r\n\r\n", 400, 505);
    assertRefused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 426);
    assertRefused("GET /v1/models HTTP/3\r\nHost: localhost\r\n\r\n", 505);
    assertRefused("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 400);
    assertRefused(get("localhost:443").replaceFirst("GET", "CONNECT"), 404, 405);
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
    assertRefused(post(body), 400);
  }

  @Test
  void jsonThatIsMadeToExhaustIsRefused() throws Exception {
    assertRefused(post("[".repeat(100_000)), 400);
    assertRefused(post("{\"a\":".repeat(100_000)), 400);
    assertRefused(post(CHAT.replace("\"Hi\"", "[".repeat(5_000))), 400);
    assertRefused(post(CHAT.replace("}]", "}],\"seed\":" + "9".repeat(5_000))), 400);
    assertRefused(post("{\"" + "a".repeat(60_000) + "\":1}"), 400);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nX-Evil: yes",
        "a\\u0000b",
        "a\\u001b[31mb",
        "a\\u0085b\\u2028c",
        "a\\u009b31mb",
        "a\\ud800b",
        "a trace_id=forged",
        "../../etc/passwd",
        "llm:openai?apiKey=x&baseUrl=http://evil.example",
        "${header.x} {{env:PATH}}"
      })
  void aModelsNameCanForgeNeitherAHeaderNorALineOfTheLog(String name) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      RawReply reply =
          RawClient.ask(gateway.address(), post(CHAT.replace("\"m\"", "\"%s\"".formatted(name))));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.head()).matches("[ -~\r\n]*").doesNotContain("\nX-Evil");
      assertThat(log.text())
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]]|\nX-Evil");
      assertThat(log.linesWith(" access - ").toString()).doesNotContain(" trace_id=forged");
    }
  }

  @Test
  void aModelsNameThatIsTooLongIsUnknown() throws Exception {
    assertRefused(post(CHAT.replace("\"m\"", "\"%s\"".formatted("m".repeat(5_000)))), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\tb", "\u00e9", "<script>", "a,b;c"})
  void anIdThatIsNotSafeIsReplaced(String id) throws Exception {
    RawReply reply =
        RawClient.ask(gateway.address(), post(CHAT, "x-request-id: %s\r\n".formatted(id)));
    assertThat(reply.header("x-request-id")).matches("[0-9a-f-]{36}");
  }

  private RawReply assertRefused(String request, Integer... statuses) throws IOException {
    return assertRefused(RawClient.ask(gateway.address(), request), statuses);
  }

  private static RawReply assertRefused(RawReply reply, Integer... statuses) throws IOException {
    assertThat(reply.status()).as(reply.toString()).isIn((Object[]) statuses);
    JsonNode error = JSON.readTree(reply.body().getBytes(ISO_8859_1)).path("error");
    assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
    assertThat(error.path("message").textValue()).isNotBlank();
    assertThat(error.path("type").textValue()).isEqualTo("invalid_request_error");
    assertThat(reply.header("x-request-id")).as("x-request-id").isNotBlank();
    assertThat(reply.toString().toLowerCase(Locale.ROOT))
        .doesNotContain("jetty", "camel", "java", "exception", "\tat ", "<html", "\nx-evil");
    return reply;
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
