/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A database that keeps what became of every document at every stage. Thread-safe.
 *
 * <p>Who asks or records does not wait: one thread reads and one writes. What is recorded while the
 * database is busy is written together, in one transaction: a thousand documents at once cost few
 * more commits than one. An entry whose future has completed survives the end of the process.
 */
public final class Ledger implements StageMemory, AutoCloseable {

  private static final int CONNECTIONS = 3; // reader, writer, and who looks at the whole

  private final HikariDataSource database;
  private final Lane reader;
  private final Lane writer;

  private Ledger(HikariDataSource database) {
    this.database = database;
    this.reader = new Lane("ledger-reader", database);
    this.writer = new Lane("ledger-writer", database);
  }

  /**
   * Opens the ledger of a database, and creates its tables where there are none.
   *
   * @param url of JDBC, such as {@link #file} makes; the database's driver is on the class path
   * @throws LedgerException if the database cannot be reached or used; says why
   */
  public static Ledger open(String url) throws LedgerException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setInitializationFailTimeout(-1); // The first connection says better what is wrong.
    HikariDataSource database = null;
    try {
      config.setJdbcUrl(url);
      database = new HikariDataSource(config);
      createTables(database);
      return new Ledger(database);
    } catch (SQLException | RuntimeException e) {
      if (database != null) {
        database.close();
      }
      throw LedgerException.cannotBeUsed(e.getCause() == null ? e : e.getCause());
    }
  }

  private static void createTables(HikariDataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      EntryTable.create(connection);
      RunTable.create(connection);
      connection.commit();
    }
  }

  /**
   * The URL of a ledger in a file, which other processes of this machine may open while this one
   * uses it.
   *
   * @param file without the suffix {@code .mv.db}
   */
  public static String file(Path file) {
    // Other processes come by TCP, which H2 would offer to the whole network.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    // Without a delay: what is committed survives a process that is killed.
    return "jdbc:h2:file:%s;AUTO_SERVER=TRUE;WRITE_DELAY=0".formatted(file.toAbsolutePath());
  }

  @Override
  public CompletableFuture<Optional<LedgerEntry>> find(String document, String stage, String part) {
    return reader.submit(
        connection -> Optional.ofNullable(EntryTable.find(connection, document, stage, part)));
  }

  @Override
  public CompletableFuture<List<LedgerEntry>> record(List<LedgerEntry> entries) {
    return writer.submit(
        connection -> {
          EntryTable.replace(connection, entries);
          return entries;
        });
  }

  /** Keeps how a run goes, in place of what was kept of it before; as {@link #record}. */
  public CompletableFuture<LedgerRun> record(LedgerRun run) {
    return writer.submit(
        connection -> {
          RunTable.replace(connection, run);
          return run;
        });
  }

  /** What the ledger comes to; completes as {@link #find}. */
  public CompletableFuture<LedgerSummary> summary() {
    return reader.submit(
        connection -> new LedgerSummary(RunTable.last(connection), EntryTable.sums(connection)));
  }

  /** Waits until all is written that was recorded, and closes the database. */
  @Override
  public void close() {
    writer.close();
    reader.close();
    database.close();
  }
}
