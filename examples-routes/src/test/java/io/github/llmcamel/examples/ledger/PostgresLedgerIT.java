/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The ledger in a real PostgreSQL, whose programs are in the folder {@code POSTGRES_BIN}. */
@EnabledIfEnvironmentVariable(named = "POSTGRES_BIN", matches = ".+")
class PostgresLedgerIT extends LedgerContract {

  @SuppressWarnings("NullAway.Init") // started before the tests
  private static PostgresServer server;

  private String database = "";

  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  String url() throws Exception {
    if (database.isEmpty()) {
      database = server.createDatabase();
    }
    return server.url(database);
  }

  @Override
  String emptyUrl() throws Exception {
    return server.url(server.createDatabase());
  }

  @Test
  void aDatabaseThatStartsAgainIsUsedAgain() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      ledger.record(List.of(Entries.bare("a.txt"))).join();
      ledger.find("a.txt", "classify", "").join();

      server.restart();

      ledger.record(List.of(Entries.bare("b.txt"))).join();
      assertThat(ledger.find("a.txt", "classify", "").join()).isPresent();
    }
  }

  @Test
  void theMessageOfARowThatIsRefusedShowsNoContent() throws Exception {
    try (Ledger ledger = Ledger.open(url())) {
      assertThatThrownBy(ledger.record(List.of(Entries.bad("confidential")))::join)
          .hasMessageContaining("value too long")
          .hasMessageNotContaining("confidential");
    }
  }

  @Test
  void aWrongPasswordIsNotShown() throws Exception {
    String url = url().replace("password=", "password=wrong-");

    assertThatThrownBy(() -> Ledger.open(url))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("wrong-");
  }
}
