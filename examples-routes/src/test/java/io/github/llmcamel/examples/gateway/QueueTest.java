/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.ScriptedModel.Answer;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.github.llmcamel.testkit.CapturedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that wait for their turn, at a gateway that works on one at a time. */
class QueueTest {

  private final ScriptedModel model = new ScriptedModel();
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    model.close();
  }

  private RunningGateway start(int places, String... more) throws CannotStartException {
    List<String> lines = new ArrayList<>(List.of(more));
    lines.add("gateway.models[*]=" + model.target());
    lines.add("gateway.max-concurrent-requests=1");
    lines.add("gateway.max-queued-requests=" + places);
    return RunningGateway.start(folder, lines.toArray(String[]::new));
  }

  @Test
  void oneRunsOneWaitsForItsTurnAndTheThirdIsRefused() throws Exception {
    try (RunningGateway gateway =
            start(1, "gateway.queue-timeout=20s", "gateway.client-idle-timeout=1s");
        ChatClient first = gateway.connect().streamedChat()) {
      Answer answer = model.next().begin().say("first");
      ChatClient second = gateway.connect().chat();
      gateway.awaitCount("queued", 1);

      ChatClient third = gateway.connect().chat();
      assertRefused(third.reply(), "queue_full");
      // Waiting is not being idle.
      assertThat(second.hearsNothingFor(Duration.ofSeconds(2))).isTrue();
      assertThat(model.isUnvisited()).isTrue();

      answer.finish();
      model.next().whole("second");
      assertThat(second.reply().body()).contains("\"second\"");
      assertThat(first.begun().status()).isEqualTo(200);
      first.eventWith("[DONE]");
      gateway.awaitIdle();
    }
  }

  @Test
  void oneThatWaitsTooLongIsRefused() throws Exception {
    try (RunningGateway gateway = start(1, "gateway.queue-timeout=200ms");
        ChatClient first = gateway.connect().chat()) {
      Answer answer = model.next();
      ChatClient second = gateway.connect().chat();
      assertRefused(second.reply(), "queue_timeout");
      answer.whole("first");
      assertThat(first.reply().status()).isEqualTo(200);
      gateway.awaitIdle();
      assertThat(model.isUnvisited()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsThatLeaveTheQueueNeverReachAModel(boolean inOrder) throws Exception {
    try (RunningGateway gateway = start(20, "gateway.queue-timeout=20s");
        CapturedLog log = new CapturedLog();
        ChatClient first = gateway.connect().chat()) {
      Answer answer = model.next();
      List<ChatClient> leaving = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        leaving.add(gateway.connect().streamedChat());
      }
      gateway.awaitCount("queued", 20);
      for (ChatClient client : leaving) {
        if (inOrder) {
          client.close();
        } else {
          client.reset();
        }
      }
      answer.whole("first");
      assertThat(first.reply().status()).isEqualTo(200);
      gateway.awaitCount("queued", 0);
      gateway.awaitIdle();
      assertThat(model.isUnvisited()).isTrue();
      gateway.awaitCount("clientsGone", 20);
      assertThat(log.linesWith("ended=client_gone")).hasSize(20);
    }
  }

  private static void assertRefused(RawReply reply, String code) {
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.body()).contains('"' + code + '"');
  }
}
