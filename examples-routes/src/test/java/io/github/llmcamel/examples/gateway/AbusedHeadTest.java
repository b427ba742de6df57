/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.get;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static io.github.llmcamel.examples.gateway.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.testkit.CapturedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that nobody means well with, or nobody has read the standard for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbusedHeadTest {

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
    assertRefused(gateway, get(target), 400, 404);
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
    RawReply reply = assertRefused(gateway, get(path).replaceFirst("GET", method), 405);
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
    assertRefused(gateway, post(CHAT).replace("application/json", type), 415);
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
    assertRefused(gateway, post(CHAT, header.replace("~", "\r\n") + "\r\n"), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+5", "3, 3", "99999999999999999999", "0x10", ""})
  void aLengthThatIsNoneIsRefused(String length) throws Exception {
    assertRefused(
        gateway,
        post("{}").replaceFirst("Content-Length: 2", "Content-Length: " + length),
        400,
        415);
  }

  @Test
  void headersThatAreTooLargeOrTooManyAreRefused() throws Exception {
    assertRefused(gateway, post(CHAT, "X-Large: " + "a".repeat(20_000) + "\r\n"), 431);
    assertRefused(gateway, post(CHAT, "X-Many: a\r\n".repeat(10_000)), 431);
    assertRefused(gateway, post(CHAT, "X-Nul: a\0b\r\n"), 400);
    assertRefused(gateway, get("/" + "a".repeat(20_000)), 414);
  }

  @Test
  void whatCannotBeReadHasItsLineInTheAccessLog() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      RawReply reply = assertRefused(gateway, post(CHAT, "X-Nul: a\0b\r\n"), 400);

      assertThat(log.linesWith("request_id=" + reply.header("x-request-id")))
          .singleElement()
          .asString()
          .contains("status=400", "ended=rejected");
    }
  }

  @Test
  void otherProtocolsAreRefused() throws Exception {
    assertRefused(gateway, "GET /v1/models\r\n\r\n", 400, 505);
    assertRefused(gateway, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 426);
    assertRefused(gateway, "GET /v1/models HTTP/3\r\nHost: localhost\r\n\r\n", 505);
    assertRefused(
        gateway, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 400);
    assertRefused(gateway, get("localhost:443").replaceFirst("GET", "CONNECT"), 404, 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\tb", "\u00e9", "<script>", "a,b;c"})
  void anIdThatIsNotSafeIsReplaced(String id) throws Exception {
    RawReply reply =
        RawClient.ask(gateway.address(), post(CHAT, "x-request-id: %s\r\n".formatted(id)));
    assertThat(reply.header("x-request-id")).matches("[0-9a-f-]{36}");
  }
}
