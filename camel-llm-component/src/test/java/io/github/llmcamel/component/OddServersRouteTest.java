/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that bend HTTP, and proxies that meddle: an answer where there is one, else a reason. */
class OddServersRouteTest extends CamelTestSupport {

  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";
  private static final String STREAM =
      """
      data: {"choices":[{"index":0,"delta":{"content":"do"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"ne"},"finish_reason":"stop"}]}

      data: [DONE]

      """;
  private static final int LIMIT = 100_000;

  private final ScriptedLlmServer server = ScriptedLlmServer.start();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String llm =
            "llm:vllm?model=m&apiKey=canary-7f3a91c2d4e5&baseUrl=%s/v1".formatted(server.url());
        String limit = "&maxResponseBytes=" + LIMIT;
        from("direct:whole").to(llm + limit);
        from("direct:stream").to(llm + limit + "&streamMode=aggregate");
        from("direct:large").to(llm + "&streamMode=aggregate");
      }
    };
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aCompressedAnswerIsRead() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    gzipped(server.accept(), 200, gzip(ANSWER));

    assertThat(answer.get()).isEqualTo("done");
  }

  @Test
  void aCompressedStreamIsRead() throws Exception {
    CompletableFuture<String> answer = ask("direct:stream");
    gzipped(server.accept(), 200, gzip(STREAM));

    assertThat(answer.get()).isEqualTo("done");
  }

  @Test
  void aCompressedErrorIsRead() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    gzipped(server.accept(), 400, gzip("{\"error\":{\"message\":\"No such thing.\"}}"));

    assertThat(failure(answer))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("No such thing.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:whole", "direct:stream"})
  void whatComesOutOfACompressedAnswerIsLimited(String route) throws Exception {
    CompletableFuture<String> answer = ask(route);
    gzipped(server.accept(), 200, gzip(" ".repeat(50_000_000)));

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("100000 bytes (maxResponseBytes)");
  }

  @Test
  void aCompressedStreamThatIsCutIsInterrupted() throws Exception {
    CompletableFuture<String> answer = ask("direct:stream");
    byte[] cut = gzip(STREAM.substring(0, STREAM.indexOf("\n\n") + 2));
    gzipped(server.accept(), 200, Arrays.copyOf(cut, cut.length - 8));

    assertThat(failure(answer)).isInstanceOf(LlmStreamInterruptedException.class);
  }

  @Test
  void whatIsCompressedInAnotherWayIsRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().send("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc");

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("answered with a Content-Encoding (br) that cannot be read.");
  }

  @Test
  void whatOnlyClaimsToBeCompressedIsRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    gzipped(server.accept(), 200, ANSWER.getBytes(StandardCharsets.UTF_8));

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("Content-Encoding (gzip)");
  }

  @Test
  void theContentTypeIsNotBelieved() throws Exception {
    CompletableFuture<String> whole = ask("direct:whole");
    Peer peer = server.accept();
    peer.reply(200, "text/plain", ANSWER);
    assertThat(whole.get()).isEqualTo("done");

    CompletableFuture<String> stream = ask("direct:stream");
    peer.readRequest();
    peer.reply(200, "application/octet-stream", STREAM);
    assertThat(stream.get()).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:whole", "direct:stream"})
  void aWebPageIsNoAnswer(String route) throws Exception {
    CompletableFuture<String> answer = ask(route);
    server.accept().reply(200, "text/html", "<html><title>Sign in</title></html>");

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("baseUrl");
  }

  @Test
  void aWebPageOfAnErrorIsThatError() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().reply(502, "text/html", "<html><title>Bad Gateway</title></html>");

    LlmException failure = failure(answer);
    assertThat(failure).isInstanceOf(LlmServerException.class);
    assertThat(failure.isRetryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsNotFollowedWithTheKey(int status) throws Exception {
    try (ScriptedLlmServer other = ScriptedLlmServer.start()) {
      CompletableFuture<String> answer = ask("direct:whole");
      server
          .accept()
          .send(
              "HTTP/1.1 %d Elsewhere\r\nLocation: %s/v2\r\nContent-Length: 0\r\n\r\n"
                  .formatted(status, other.url().replace("127.0.0.1", "localhost")));

      assertThat(failure(answer))
          .isInstanceOf(LlmRequestException.class)
          .hasMessageContaining("the way to http://localhost")
          .hasMessageContaining("correct baseUrl");
      assertThat(other.isUnvisited()).isTrue();
    }
  }

  @Test
  void anErrorUnderAStatusOfSuccessIsAnError() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server
        .accept()
        .reply(200, "application/json", "{\"error\":{\"code\":429,\"message\":\"Slow down.\"}}");

    assertThat(failure(answer))
        .isInstanceOf(LlmRateLimitException.class)
        .hasMessageContaining("Slow down.");
  }

  @Test
  void anAnswerWithoutALengthEndsWithItsConnection() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    Peer peer = server.accept();
    peer.send("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + ANSWER);
    peer.close();

    assertThat(answer.get()).isEqualTo("done");
  }

  @Test
  void trailersAreSkipped() throws Exception {
    CompletableFuture<String> answer = ask("direct:stream");
    server
        .accept()
        .send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n%x\r\n%s\r\n0\r\nX-Sum: 1\r\n\r\n"
                .formatted(STREAM.length(), STREAM));

    assertThat(answer.get()).isEqualTo("done");
  }

  @Test
  void whatComesBeforeTheHeadIsSkipped() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    Peer peer = server.accept();
    peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
    peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
    peer.reply(200, "application/json", ANSWER);

    assertThat(answer.get()).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"204 No Content", "205 Reset Content\r\nContent-Length: 0"})
  void aSuccessWithoutABodyIsNoAnswer(String head) throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().send("HTTP/1.1 %s\r\n\r\n".formatted(head));

    assertThat(failure(answer)).isInstanceOf(LlmProtocolException.class);
  }

  @Test
  void notModifiedIsNoAnswerEither() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().send("HTTP/1.1 304 Not Modified\r\n\r\n");

    assertThat(failure(answer)).isInstanceOf(LlmRequestException.class);
  }

  @Test
  void aConnectionThatWasClosedBetweenTwoCallsIsReplaced() throws Exception {
    CompletableFuture<String> first = ask("direct:whole");
    Peer peer = server.accept();
    peer.reply(200, "application/json", ANSWER);
    assertThat(first.get()).isEqualTo("done");
    peer.close();

    CompletableFuture<String> second = ask("direct:whole");
    Peer next = server.accept();
    next.reply(200, "application/json", ANSWER);

    assertThat(second.get()).isEqualTo("done");
    assertThat(server.isUnvisited()).as("no third connection").isTrue();
  }

  @Test
  void aHeaderLineThatNeverEndsIsRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().send("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000));

    assertThat(failure(answer))
        .isInstanceOf(LlmConnectionException.class)
        .hasMessageContaining("Maximum line length limit exceeded");
  }

  @Test
  void tooManyHeadersAreRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server.accept().send("HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(300));

    assertThat(failure(answer))
        .isInstanceOf(LlmConnectionException.class)
        .hasMessageContaining("Maximum header count exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:whole", "direct:stream"})
  void anAnswerThatIsTooLargeIsRefused(String route) throws Exception {
    CompletableFuture<String> answer = ask(route);
    Peer peer = server.accept();
    peer.sendHead(200, "text/plain");
    peer.sendChunk(" ".repeat(LIMIT + 1));

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("100000 bytes (maxResponseBytes)");
    peer.awaitClosed();
  }

  @Test
  void anEventThatNeverEndsIsRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:large");
    Peer peer = server.accept();
    peer.sendHead(200, "text/event-stream");
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(
            () -> {
              peer.sendChunk("data: ");
              for (int megabytes = 0; megabytes < 18; megabytes++) {
                peer.sendChunk("x".repeat(1 << 20));
              }
            });

    assertThat(failure(answer))
        .isInstanceOf(LlmProtocolException.class)
        .hasMessageContaining("16,777,216 bytes");
    sender.exceptionally(closed -> null).get();
  }

  @Test
  void anAnswerThatIsTooDeepIsRefused() throws Exception {
    CompletableFuture<String> answer = ask("direct:whole");
    server
        .accept()
        .reply(200, "application/json", "{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}");

    assertThat(failure(answer)).isInstanceOf(LlmProtocolException.class);
  }

  private CompletableFuture<String> ask(String route) {
    return template.asyncRequestBody(route, "hi", String.class);
  }

  private static LlmException failure(CompletableFuture<String> answer)
      throws InterruptedException {
    try {
      throw new AssertionError("There is an answer: " + answer.get());
    } catch (ExecutionException e) {
      Throwable thrown = requireNonNull(e.getCause());
      assertThat(thrown).isInstanceOf(CamelExecutionException.class);
      Throwable cause = requireNonNull(thrown.getCause());
      assertThat(cause).isInstanceOf(LlmException.class).hasMessageNotContaining("canary");
      return (LlmException) cause;
    }
  }

  private static void gzipped(Peer peer, int status, byte[] body) {
    peer.send(
        "HTTP/1.1 %d OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, body.length));
    peer.send(body);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return compressed.toByteArray();
  }
}
