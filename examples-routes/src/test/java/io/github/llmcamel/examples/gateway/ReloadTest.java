/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.examples.gateway.ScriptedModel.Answer;
import io.github.llmcamel.examples.gateway.access.NewKey;
import io.github.llmcamel.testkit.CapturedLog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a changed file changes, and what it leaves alone. */
class ReloadTest {

  private static final String CHANGED = "has changed";

  private final ScriptedModel before = new ScriptedModel();
  private final ScriptedModel after = new ScriptedModel();
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    before.close();
    after.close();
  }

  @Test
  void aStreamGoesOnWhileTheNextRequestGoesElsewhere() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, target(before));
        ChatClient client = gateway.connect().streamedChat()) {
      Answer answer = before.next().begin().say("one");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"one\"");

      rewrite(gateway, CHANGED, target(after));
      try (ChatClient next = gateway.connect().chat()) {
        after.next().whole("new");
        assertThat(next.reply().body()).contains("\"new\"");
      }

      answer.say("two").finish();
      client.eventWith("\"two\"");
      client.eventWith("[DONE]");
      assertThat(client.event()).isNull();
      assertThat(before.isUnvisited()).isTrue();
    }
  }

  @Test
  void aFileWithAMistakeChangesNothing() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, target(before))) {
      rewrite(gateway, "changes nothing", "gateway.models[*]=llm:nobody");
      try (ChatClient client = gateway.connect().chat()) {
        before.next().whole("old");
        assertThat(client.reply().body()).contains("\"old\"");
      }
    }
  }

  @Test
  void keysComeAndGoAtOnce() throws Exception {
    NewKey alice = NewKey.create("alice");
    NewKey bob = NewKey.create("bob");
    try (RunningGateway gateway = RunningGateway.start(folder, target(before), line(alice))) {
      assertThat(status(gateway, alice)).isEqualTo(200);
      assertThat(status(gateway, bob)).isEqualTo(401);

      rewrite(gateway, CHANGED, target(before), line(bob));
      assertThat(status(gateway, alice)).isEqualTo(401);
      assertThat(status(gateway, bob)).isEqualTo(200);
    }
  }

  private static String target(ScriptedModel model) {
    return "gateway.models[m]=%s".formatted(model.target());
  }

  private static String line(NewKey key) {
    return "gateway.keys[%s].sha256=%s".formatted(key.id(), key.sha256());
  }

  private static int status(RunningGateway gateway, NewKey key) {
    return gateway.get("/v1/models", "Authorization", "Bearer " + key.text()).status();
  }

  /** Changes the file, and waits until the gateway has said so. */
  private static void rewrite(RunningGateway gateway, String said, String... lines)
      throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      gateway.rewrite(lines);
      await().atMost(ChatClient.PATIENCE).until(() -> !log.linesWith(said).isEmpty());
    }
  }
}
