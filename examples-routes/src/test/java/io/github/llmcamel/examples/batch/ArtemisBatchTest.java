/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same batch over JMS, by other endpoints alone. */
@Timeout(180)
class ArtemisBatchTest {

  private static final int DOCUMENTS = 60;

  @TempDir private Path folder;
  @TempDir private Path out;

  private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
  private String address = "";

  @BeforeEach
  void startArtemis() throws Exception {
    address = "localhost:" + freePort();
    artemis.setConfiguration(
        new ConfigurationImpl()
            .setPersistenceEnabled(false)
            .setSecurityEnabled(false)
            .addAcceptorConfiguration("tcp", "tcp://" + address));
    artemis.start();
  }

  @AfterEach
  void stopArtemis() throws Exception {
    artemis.stop();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aWorkerThatIsKilledLosesNothing() throws Exception {
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(folder.resolve("%04d.txt".formatted(i)), "Invoice no. %d%n".formatted(i));
    }
    Files.writeString(folder.resolve("empty.txt"), "");
    try (SlowModel model = new SlowModel(Duration.ofMillis(200));
        ExampleProcess first = start(model, "worker", "--dsl", "xml");
        ExampleProcess second = start(model, "worker", "--dsl", "xml")) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> first.output().contains("Working") && second.output().contains("Working"));
      try (ExampleProcess run =
          start(model, "batch", folder.toString(), "--out", out.toString(), "--no-work")) {
        await().atMost(Duration.ofMinutes(1)).until(() -> model.asked() > DOCUMENTS);

        first.kill();

        assertThat(run.await()).as(run.output()).isOne();
        assertThat(new BatchOutcome(1, out, "", "").results()).hasSize(DOCUMENTS + 1);
        assertThat(out.resolve("dead-letters")).isDirectoryContaining("glob:**empty*");
      }
    }
  }

  @Test
  void whatArrivesInAWatchedFolderIsSharedAsWell() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "Invoice no. 1");
    Path results = out.resolve("results.jsonl");
    try (SlowModel model = new SlowModel(Duration.ofMillis(1));
        ExampleProcess run =
            start(model, "batch", folder.toString(), "--watch", "--out", out.toString())) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(results) && Files.readAllLines(results).size() == 1);
      Files.writeString(folder.resolve("a.txt"), "Invoice no. 10");
      Files.writeString(folder.resolve("b.txt"), "Invoice no. 2");
      await().atMost(Duration.ofMinutes(1)).until(() -> Files.readAllLines(results).size() == 3);

      run.end();

      assertThat(new BatchOutcome(143, out, "", "").results()).as(run.output()).hasSize(2);
    }
  }

  private ExampleProcess start(SlowModel model, String... arguments) throws Exception {
    return ExampleProcess.distributed("artemis:" + address, model, Map.of(), arguments);
  }
}
