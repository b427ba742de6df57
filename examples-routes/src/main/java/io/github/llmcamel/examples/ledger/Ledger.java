/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A database that keeps what became of every document at every stage. Thread-safe.
 *
 * <p>Who asks or records does not wait: one thread reads and one writes. What is recorded while the
 * database is busy is written together, in one transaction: a thousand documents at once cost few
 * more commits than one. An entry whose future has completed survives the end of the process.
 */
public final class Ledger implements StageMemory, AutoCloseable {

  private static final int CONNECTIONS = 2; // reader and writer
  private static final String H2 = "jdbc:h2:";
  private static final String NOTHING = "jdbc:h2:mem:nothing;DB_CLOSE_DELAY=-1";

  /**
   * H2 writes what is committed a little later. Its own setting for less delay makes files grow
   * tenfold, since nothing clears them up then.
   */
  private static final String H2_WRITE_NOW = "CHECKPOINT";

  private static final int H2_NO_DATABASE = 90146;

  /** The states of SQL for this, in PostgreSQL and H2. */
  private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  private final HikariDataSource database;
  private final Lane reader;
  private final Lane writer;

  private Ledger(HikariDataSource database) {
    this.database = database;
    this.reader = new Lane("ledger-reader", database, null);
    this.writer =
        new Lane(
            "ledger-writer", database, database.getJdbcUrl().startsWith(H2) ? H2_WRITE_NOW : null);
  }

  /**
   * Opens the ledger of a database, and creates its tables where there are none.
   *
   * @param url of JDBC, of H2, such as {@link #file} makes, or PostgreSQL; another database has to
   *     understand their SQL, and its driver is on the class path
   * @throws LedgerException if the database cannot be reached or used; says why
   */
  public static Ledger open(String url) throws LedgerException {
    try {
      createTables(url);
      return new Ledger(pool(url));
    } catch (SQLException | RuntimeException e) {
      throw LedgerException.cannotBeOpened(e, url);
    }
  }

  /**
   * Opens a ledger to look at it, also while another process writes it. Creates nothing.
   *
   * @throws LedgerException as {@link #open}, and if there is none
   */
  public static Ledger openExisting(String url) throws LedgerException {
    return existing(url).orElseThrow(LedgerException::missing);
  }

  /**
   * As {@link #openExisting}; where there is none, it is an empty one in memory, which all who look
   * for one share: nothing is to be recorded there.
   *
   * @throws LedgerException as {@link #open}
   */
  public static Ledger openExistingOrEmpty(String url) throws LedgerException {
    Optional<Ledger> existing = existing(url);
    return existing.isPresent() ? existing.get() : open(NOTHING);
  }

  private static Optional<Ledger> existing(String url) throws LedgerException {
    String existing = url.startsWith(H2) ? url + ";IFEXISTS=TRUE" : url;
    try (Connection connection = connect(existing)) {
      RunTable.last(connection);
      return Optional.of(new Ledger(pool(existing)));
    } catch (SQLException | RuntimeException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw LedgerException.cannotBeOpened(e, existing);
    }
  }

  private static boolean isMissing(Exception failure) {
    return failure instanceof SQLException sql
        && (sql.getErrorCode() == H2_NO_DATABASE
            || NO_TABLE.contains(String.valueOf(sql.getSQLState())));
  }

  private static void createTables(String url) throws SQLException {
    try {
      createTablesOnce(url);
    } catch (SQLException e) {
      createTablesOnce(url); // Another process may have been a little faster.
    }
  }

  private static void createTablesOnce(String url) throws SQLException {
    try (Connection connection = connect(url)) {
      EntryTable.create(connection);
      RunTable.create(connection);
    }
  }

  /** Not from a pool, which would try for long, and log, what cannot work. */
  private static Connection connect(String url) throws SQLException {
    // Other processes come to H2 by TCP, which it would offer to the whole network.
    System.setProperty("h2.bindAddress", "127.0.0.1");
    return DriverManager.getConnection(url);
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setInitializationFailTimeout(-1); // It has just been tried.
    return new HikariDataSource(config);
  }

  /**
   * The URL of a ledger in a file, which other processes of this machine may open while this one
   * uses it.
   *
   * @param file without the suffix {@code .mv.db}
   */
  public static String file(Path file) {
    return "jdbc:h2:file:%s;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0".formatted(file.toAbsolutePath());
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
