/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of entries, in SQL that H2 and PostgreSQL share. */
final class EntryTable {

  // What a model sends has any length: a row that does not fit would be an answer that is lost.
  private static final int DOCUMENT = 500; // PostgreSQL's indexes take 2,704 bytes together.
  private static final int STAGE = 100;
  private static final int PART = 100;
  private static final int VERSION = 64;
  private static final int MODEL = 500;
  private static final int FINISH_REASON = 100;
  private static final int TRACE_ID = 32;

  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS llm_ledger (
        document VARCHAR(%d) NOT NULL,
        stage VARCHAR(%d) NOT NULL,
        part VARCHAR(%d) NOT NULL,
        content_hash VARCHAR(64),
        request_hash VARCHAR(64),
        prompt_version VARCHAR(%d),
        model VARCHAR(%d),
        state VARCHAR(10) NOT NULL,
        attempts INTEGER NOT NULL,
        input_tokens BIGINT,
        output_tokens BIGINT,
        cost DECIMAL(20, 10),
        currency VARCHAR(3),
        started_at TIMESTAMP WITH TIME ZONE NOT NULL,
        seconds DOUBLE PRECISION NOT NULL,
        first_token_seconds DOUBLE PRECISION,
        finish_reason VARCHAR(%d),
        trace_id VARCHAR(%d),
        error VARCHAR(%d),
        result VARCHAR(%d),
        PRIMARY KEY (document, stage, part))
      """
          .formatted(
              DOCUMENT,
              STAGE,
              PART,
              VERSION,
              MODEL,
              FINISH_REASON,
              TRACE_ID,
              LedgerEntry.LONGEST_ERROR,
              LedgerEntry.LONGEST_RESULT);
  private static final String FIND =
      "SELECT * FROM llm_ledger WHERE document = ? AND stage = ? AND part = ?";
  private static final String DELETE =
      "DELETE FROM llm_ledger WHERE document = ? AND stage = ? AND part = ?";
  private static final String INSERT =
      "INSERT INTO llm_ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String SUMS =
      """
      SELECT stage, state, currency, COUNT(*) AS entries, SUM(attempts) AS attempts,
        SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens, SUM(cost) AS cost
      FROM llm_ledger GROUP BY stage, state, currency ORDER BY stage, state, currency
      """;

  private EntryTable() {}

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
  }

  static @Nullable LedgerEntry find(
      Connection connection, String document, String stage, String part) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      key(query, document, stage, part);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? read(row) : null;
      }
    }
  }

  /**
   * Writes entries in place of older ones, as part of the connection's transaction. Not by MERGE,
   * which every database writes in its own way.
   *
   * @param entries no two with the same key
   */
  static void replace(Connection connection, List<LedgerEntry> entries) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE);
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (LedgerEntry entry : entries) {
        key(delete, entry.document(), entry.stage(), entry.part());
        delete.addBatch();
        write(insert, entry);
        insert.addBatch();
      }
      delete.executeBatch();
      insert.executeBatch();
    }
  }

  static List<LedgerSummary.Sum> sums(Connection connection) throws SQLException {
    List<LedgerSummary.Sum> sums = new ArrayList<>();
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(SUMS)) {
      while (row.next()) {
        sums.add(
            new LedgerSummary.Sum(
                row.getString("stage"),
                LedgerEntry.State.valueOf(row.getString("state")),
                row.getLong("entries"),
                row.getLong("attempts"),
                sum(row, "input_tokens"),
                sum(row, "output_tokens"),
                cost(row),
                row.getString("currency")));
      }
    }
    return sums;
  }

  /** Of a column that PostgreSQL makes a decimal of. */
  private static @Nullable Long sum(ResultSet row, String column) throws SQLException {
    long sum = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(sum);
  }

  private static void key(PreparedStatement statement, String document, String stage, String part)
      throws SQLException {
    statement.setString(1, ColumnText.key(document, DOCUMENT));
    statement.setString(2, ColumnText.key(stage, STAGE));
    statement.setString(3, ColumnText.key(part, PART));
  }

  private static void write(PreparedStatement insert, LedgerEntry entry) throws SQLException {
    key(insert, entry.document(), entry.stage(), entry.part());
    Question question = entry.question();
    insert.setString(4, question.contentHash());
    insert.setString(5, question.requestHash());
    insert.setString(6, ColumnText.cut(question.promptVersion(), VERSION));
    insert.setString(7, ColumnText.cut(question.model(), MODEL));
    insert.setString(8, entry.state().name());
    insert.setInt(9, entry.attempts());
    Spending spent = entry.spent();
    insert.setObject(10, spent.inputTokens(), JDBCType.BIGINT.getVendorTypeNumber());
    insert.setObject(11, spent.outputTokens(), JDBCType.BIGINT.getVendorTypeNumber());
    insert.setBigDecimal(12, spent.cost());
    insert.setString(13, spent.currency());
    insert.setObject(14, entry.startedAt().atOffset(ZoneOffset.UTC));
    insert.setDouble(15, spent.seconds());
    insert.setObject(16, spent.firstTokenSeconds(), JDBCType.DOUBLE.getVendorTypeNumber());
    insert.setString(17, ColumnText.cut(entry.finishReason(), FINISH_REASON));
    insert.setString(18, ColumnText.cut(entry.traceId(), TRACE_ID));
    insert.setString(19, ColumnText.cut(entry.error(), LedgerEntry.LONGEST_ERROR));
    insert.setString(20, ColumnText.cut(entry.result(), LedgerEntry.LONGEST_RESULT));
  }

  private static LedgerEntry read(ResultSet row) throws SQLException {
    return new LedgerEntry(
        row.getString("document"),
        row.getString("stage"),
        row.getString("part"),
        new Question(
            row.getString("content_hash"),
            row.getString("request_hash"),
            row.getString("prompt_version"),
            row.getString("model")),
        LedgerEntry.State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        new Spending(
            row.getObject("input_tokens", Long.class),
            row.getObject("output_tokens", Long.class),
            cost(row),
            row.getString("currency"),
            row.getDouble("seconds"),
            row.getObject("first_token_seconds", Double.class)),
        row.getString("finish_reason"),
        row.getString("trace_id"),
        row.getString("error"),
        row.getString("result"));
  }

  /** Without the zeros that the column adds. */
  private static @Nullable BigDecimal cost(ResultSet row) throws SQLException {
    BigDecimal cost = row.getBigDecimal("cost");
    return cost == null ? null : cost.stripTrailingZeros();
  }
}
