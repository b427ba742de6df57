/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.Examples;
import io.github.llmcamel.examples.gateway.ScriptedModel.Answer;
import io.github.llmcamel.testkit.CapturedLog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests when the gateway is told to end. */
class DrainTest {

  private static final String AN_HOUR = "1h";

  private final ScriptedModel model = new ScriptedModel();
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    model.close();
  }

  /** The lines of a configuration. */
  private String[] config(String drainTimeout) {
    return new String[] {
      "gateway.models[m]=" + model.target(),
      "gateway.drain-timeout=" + drainTimeout,
      "gateway.max-concurrent-requests=1"
    };
  }

  @Test
  void aStreamComesToItsEndWhileNobodyElseIsLetIn() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, config(AN_HOUR));
        ChatClient client = gateway.connect().streamedChat()) {
      Answer answer = model.next().begin().say("one");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"one\"");
      assertThat(ready(gateway)).isEqualTo(200);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
      gateway.awaitDraining();
      assertThat(ready(gateway)).isEqualTo(503);
      try (ChatClient late = gateway.connect().chat()) {
        RawReply refused = late.reply();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("\"shutting_down\"");
      }

      answer.say("two").finish();
      client.eventWith("\"two\"");
      client.eventWith("[DONE]");
      assertThat(client.event()).isNull();
      await(stopped);
      assertThat(model.isUnvisited()).isTrue();
    }
  }

  @Test
  void anAnswerThatNeedsItsNextAttemptGetsIt() throws Exception {
    try (ScriptedModel other = new ScriptedModel();
        RunningGateway gateway =
            RunningGateway.start(
                folder,
                "gateway.models[m]=%s, %s".formatted(model.target(), other.target()),
                "gateway.drain-timeout=" + AN_HOUR);
        ChatClient client = gateway.connect().streamedChat()) {
      Answer answer = model.next();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
      gateway.awaitDraining();

      answer.peer().close();
      other.next().begin().say("two").finish();

      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"two\"");
      client.eventWith("[DONE]");
      assertThat(client.event()).isNull();
      await(stopped);
    }
  }

  @Test
  void aStreamThatTakesTooLongIsToldSoAndEnds() throws Exception {
    try (CapturedLog log = new CapturedLog();
        RunningGateway gateway = RunningGateway.start(folder, config("200ms"));
        ChatClient client = gateway.connect().streamedChat()) {
      Answer answer = model.next().begin().say("one");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"one\"");

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
      assertThat(client.event())
          .startsWith("event: error\ndata: {\"error\":")
          .contains("\"cancelled\"");
      assertThat(client.event()).isNull();
      answer.awaitClosed();
      await(stopped);
      assertThat(log.linesWith("ended=shutdown")).hasSize(1);
    }
  }

  @Test
  void aWholeAnswerThatTakesTooLongIsRefused() throws Exception {
    try (CapturedLog log = new CapturedLog();
        RunningGateway gateway = RunningGateway.start(folder, config("200ms"));
        ChatClient client = gateway.connect().chat()) {
      Answer answer = model.next();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
      RawReply refused = client.reply();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Content-Type")).isEqualTo("application/json");
      assertThat(refused.body()).contains("{\"error\":{\"message\":", "\"cancelled\"");
      answer.awaitClosed();
      await(stopped);
      assertThat(log.linesWith("ended=shutdown")).hasSize(1);
    }
  }

  @Test
  void oneThatWaitsForItsTurnIsRefused() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(folder, config("200ms"));
        ChatClient first = gateway.connect().streamedChat()) {
      model.next().begin().say("one");
      assertThat(first.begun().status()).isEqualTo(200);
      ChatClient second = gateway.connect().streamedChat();
      gateway.awaitCount("queued", 1);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
      first.eventWith("\"cancelled\"");
      assertThat(first.event()).isNull();
      RawReply refused = second.reply();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("{\"error\":{\"message\":");
      await(stopped);
      assertThat(model.isUnvisited()).isTrue();
    }
  }

  @Test
  void aProcessThatIsToldToEndLetsAStreamComeToItsEnd() throws Exception {
    Path config = Files.write(folder.resolve("gateway.properties"), List.of(config(AN_HOUR)));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Examples.class.getName(),
                "gateway",
                "--port",
                "0",
                "--config",
                config.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (ChatClient client = new ChatClient(address(process)).streamedChat()) {
      Answer answer = model.next().begin().say("one");
      assertThat(client.begun().status()).isEqualTo(200);
      client.eventWith("\"one\"");

      process.destroy();
      answer.say("two");
      client.eventWith("\"two\"");
      assertThat(process.isAlive()).isTrue();
      answer.finish();
      client.eventWith("[DONE]");
      assertThat(client.event()).isNull();
      assertThat(process.waitFor(ChatClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where a process says that it listens, at its start. */
  private static URI address(Process process) throws Exception {
    String said = requireNonNull(process.inputReader().readLine(), "it has said nothing");
    return URI.create(said.replaceAll(".* (http://\\S+)/v1$", "$1"));
  }

  private static int ready(RunningGateway gateway) {
    return gateway.get("/ready").status();
  }

  private static void await(CompletableFuture<Void> stopped) throws Exception {
    stopped.get(ChatClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
