/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.testkit.CapturedLog;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in a file. */
class H2LedgerTest extends LedgerContract {

  private static final String SECRET = "geheim";

  @TempDir private Path folder;

  @Override
  String url() {
    return Ledger.file(folder.resolve("ledger"));
  }

  @Override
  String emptyUrl() {
    return Ledger.file(folder.resolve("nothing").resolve("ledger"));
  }

  @Test
  void lookingLeavesNoFile() throws Exception {
    lookingAtALedgerThatIsNotThereMakesNone();

    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void anotherProcessReadsAndWritesWhileThisOneHasIt() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      ledger.record(List.of(Entries.done("a.txt", "classify", "h"))).join();

      Process other = Visitor.start(url(), "a.txt", "b.txt");

      assertThat(other.waitFor()).isZero();
      assertThat(new String(other.getInputStream().readAllBytes(), UTF_8)).contains("An answer.");
      assertThat(ledger.find("b.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void onlyThisMachineReachesIt() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      ledger.summary().join();
      String lock = Files.readString(folder.resolve("ledger.lock.db"));
      int port = Integer.parseInt(lock.replaceAll("(?s).*server=localhost\\\\:(\\d+).*", "$1"));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> new Socket(address, port).close())
                .isInstanceOf(ConnectException.class);
          }
        }
      }
    }
  }

  @Test
  void whatWasRecordedSurvivesAProcessThatIsKilled() throws Exception {
    Process killed = Visitor.start(url(), "a.txt", "b.txt", "and wait");
    killed.inputReader().readLine();
    killed.destroyForcibly().waitFor();

    try (Ledger ledger = Ledger.open(url())) {
      assertThat(ledger.find("b.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void whoeverWasServedByAProcessThatEndsGoesOnAlone() throws Exception {
    Process server = Visitor.start(url(), "a.txt", "b.txt", "and wait");
    server.inputReader().readLine();
    try (Ledger ledger = Ledger.open(url())) {
      assertThat(ledger.find("b.txt", "classify", "").join()).isPresent();

      server.destroyForcibly().waitFor();

      ledger.record(List.of(Entries.bare("c.txt"))).join();
      assertThat(ledger.find("b.txt", "classify", "").join()).isPresent();
      assertThat(ledger.find("c.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void itGoesOnWhenTheDatabaseHasClosedItself() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      ledger.record(List.of(Entries.bare("a.txt"))).join();
      ledger.find("a.txt", "classify", "").join();

      try (Connection connection = DriverManager.getConnection(url());
          Statement statement = connection.createStatement()) {
        statement.execute("SHUTDOWN"); // as H2 does when the process is told to end
      }

      ledger.record(List.of(Entries.bare("b.txt"))).join();
      assertThat(ledger.find("a.txt", "classify", "").join()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:fil;PASSWORD=geheim;USER=geheim;USER=a",
        "jdbc:h2:tcp://127.0.0.1:1/x;PASSWORD=geheim",
        "jdbc:h2:no;such;PASSWORD=geheim",
        "jdbc:foo:x?password=geheim",
        "jdbc:postgresql://127.0.0.1:1/x?user=u&password=geheim",
        "jdbc:postgresql://127.0.0.1:abc/x?user=u&password=geheim",
        "geheim geheim"
      })
  void whatIsWrongWithAUrlIsToldAtOnceWithoutIt(String url) {
    Instant start = Instant.now();
    try (CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> Ledger.open(url))
          .isInstanceOf(LedgerException.class)
          .hasMessageStartingWith("The ledger cannot be used: ")
          .hasMessageNotContaining(SECRET)
          .hasMessageNotContaining(url)
          .hasNoCause();
      assertThatThrownBy(() -> Ledger.openExisting(url)).hasMessageNotContaining(SECRET);
      assertThat(log.text()).doesNotContain(SECRET);
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void theMessageOfARowThatIsRefusedShowsNoContent() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      assertThatThrownBy(ledger.record(List.of(Entries.bad(SECRET)))::join)
          .hasMessageNotContaining(SECRET);
    }
  }

  @Test
  void nothingButTheLedgerIsInItsFolder() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      assertThatThrownBy(ledger.record(List.of(Entries.bad("a.txt")))::join);
    }
    close();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName)).containsExactly(Path.of("ledger.mv.db"));
    }
  }
}
