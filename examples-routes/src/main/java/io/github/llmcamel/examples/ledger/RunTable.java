/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The table of runs, in SQL that H2 and PostgreSQL share. */
final class RunTable {

  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS llm_ledger_run (
        id VARCHAR(100) PRIMARY KEY,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL,
        documents BIGINT NOT NULL,
        seen BIGINT NOT NULL,
        failed BIGINT NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE)
      """;
  private static final String DELETE = "DELETE FROM llm_ledger_run WHERE id = ?";
  private static final String INSERT = "INSERT INTO llm_ledger_run VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String LAST = "SELECT * FROM llm_ledger_run ORDER BY started_at DESC";

  private RunTable() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
  }

  static void replace(Connection connection, LedgerRun run) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      delete.setString(1, run.id());
      delete.executeUpdate();
      insert.setString(1, run.id());
      insert.setObject(2, atUtc(run.startedAt()));
      insert.setLong(3, run.documents());
      insert.setLong(4, run.seen());
      insert.setLong(5, run.failed());
      insert.setObject(6, atUtc(run.updatedAt()));
      insert.setObject(7, run.endedAt() == null ? null : atUtc(run.endedAt()));
      insert.executeUpdate();
    }
  }

  static @Nullable LedgerRun last(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement()) {
      query.setMaxRows(1);
      try (ResultSet row = query.executeQuery(LAST)) {
        return row.next() ? read(row) : null;
      }
    }
  }

  private static LedgerRun read(ResultSet row) throws SQLException {
    OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
    return new LedgerRun(
        row.getString("id"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        row.getLong("documents"),
        row.getLong("seen"),
        row.getLong("failed"),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        endedAt == null ? null : endedAt.toInstant());
  }

  private static OffsetDateTime atUtc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
