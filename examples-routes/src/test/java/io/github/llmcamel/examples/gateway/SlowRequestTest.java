/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static io.github.llmcamel.examples.gateway.RawRequest.CHAT;
import static io.github.llmcamel.examples.gateway.RawRequest.post;
import static io.github.llmcamel.examples.gateway.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.llmcamel.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that begin to arrive, and never come to their end. */
class SlowRequestTest {

  private static final Duration DRIP = Duration.ofMillis(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P",
        "POST /v1/chat/comp",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: loc",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n",
      })
  void aHeadThatStallsIsTold(String half, @TempDir Path folder) throws Exception {
    try (RunningGateway gateway =
            RunningGateway.start(folder, "gateway.client-idle-timeout=500ms");
        CapturedLog log = new CapturedLog();
        RawClient client = new RawClient(gateway.address())) {
      client.send(half);

      RawReply reply = client.reply();
      assertTold(reply);
      assertThat(client.isEnded()).isTrue();
      assertThat(log.linesWith("request_id=" + reply.header("x-request-id")))
          .singleElement()
          .asString()
          .contains("status=408", "ended=rejected");
    }
  }

  @Test
  void aBodyThatStallsIsTold(@TempDir Path folder) throws Exception {
    try (RunningGateway gateway =
            RunningGateway.start(folder, "gateway.client-idle-timeout=500ms");
        RawClient client = new RawClient(gateway.address())) {
      client.send(post(CHAT).substring(0, post(CHAT).length() - 1));

      assertTold(client.reply());
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void aConnectionThatSendsNothingIsClosedWithoutAWord(@TempDir Path folder) throws Exception {
    try (RunningGateway gateway =
            RunningGateway.start(folder, "gateway.client-idle-timeout=500ms");
        RawClient client = new RawClient(gateway.address())) {
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/models",
        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
            + "Content-Type: application/json\r\n\r\n{"
      })
  void oneThatDripsIsToldWhenItsTimeIsOver(String begin, @TempDir Path folder) throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, "gateway.receive-timeout=500ms");
        RawClient client = new RawClient(gateway.address())) {
      client.send(begin);
      while (client.hearsNothingFor(DRIP)) {
        client.send("x");
      }

      assertTold(client.reply());
      assertThatIOException().as("whoever goes on").isThrownBy(() -> sendForEver(client));
      gateway.assertServes();
    }
  }

  private static void sendForEver(RawClient client) throws IOException {
    while (true) {
      client.send("x");
    }
  }

  private static void assertTold(RawReply reply) throws IOException {
    assertRefused(reply, 408);
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(reply.body()).contains("\"code\":\"request_timeout\"");
  }
}
