/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works on a database for those who must not wait. What has come up while it was busy
 * shares one transaction. Thread-safe.
 */
final class Lane implements AutoCloseable {

  /** Far more than exchanges can be under way: whoever gets here has lost control. */
  private static final int MOST_WAITING = 100_000;

  private static final int MOST_TOGETHER = 1000;

  /** How often, and with what pauses, something is tried whose connection breaks. */
  private static final int ATTEMPTS = 50;

  private static final long PAUSE_MILLIS = 100;
  private static final int RACES = 10;

  private final HikariDataSource database;
  private final @Nullable String afterCommit;
  private final BlockingQueue<Work<?>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private boolean closed;

  /**
   * @param name of the thread
   * @param afterCommit is executed after each commit; null for nothing
   */
  Lane(String name, HikariDataSource database, @Nullable String afterCommit) {
    this.database = database;
    this.afterCommit = afterCommit;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What is to be done in a transaction; may be done twice, if others in it fail. */
  @FunctionalInterface
  interface Sql<R> {
    R on(Connection connection) throws SQLException;
  }

  /**
   * Has something done.
   *
   * @return completes once it is committed, or with a {@link LedgerException}
   */
  synchronized <R> CompletableFuture<R> submit(Sql<R> sql) {
    Work<R> work = new Work<>(sql);
    if (closed) {
      work.fail(LedgerException.closed());
    } else if (!waiting.offer(work)) {
      work.fail(LedgerException.overrun(MOST_WAITING));
    }
    return work.done;
  }

  /** Returns when all that was submitted is done. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    boolean interrupted = false;
    try {
      waiting.put(new Work<>(connection -> "").last());
      thread.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Work<?>> together = new ArrayList<>();
    try {
      do {
        together.clear();
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER - 1);
        work(together);
      } while (together.stream().noneMatch(Work::isLast));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody does; there would be nothing left to do.
    }
  }

  private void work(List<Work<?>> together) throws InterruptedException {
    Throwable failure = attempt(together);
    for (int i = 1; isBroken(failure) && i < ATTEMPTS; i++) {
      Thread.sleep(PAUSE_MILLIS);
      failure = attempt(together);
    }
    if (failure != null
        && (isBroken(failure) || failure instanceof SQLTransientConnectionException)) {
      fail(together, failure); // Each alone would wait as long again.
    } else if (failure != null) {
      together.forEach(this::workAlone); // One of them fails alone.
    }
  }

  private void workAlone(Work<?> work) {
    List<Work<?>> alone = List.of(work);
    Throwable failure = attempt(alone);
    for (int i = 1; isRace(failure) && i < RACES; i++) {
      failure = attempt(alone);
    }
    if (failure != null) {
      fail(alone, failure);
    }
  }

  /** Whether another process was at the same row: the next time, the row is there. */
  private static boolean isRace(@Nullable Throwable failure) {
    return failure instanceof SQLException sql
        && String.valueOf(sql.getSQLState()).matches("23505|40...|HYT00");
  }

  /** Null if it is done. Whatever is thrown here must not end the thread. */
  private @Nullable Throwable attempt(List<Work<?>> together) {
    try {
      commit(together);
      return null;
    } catch (SQLException | RuntimeException | Error e) {
      return e;
    }
  }

  private void commit(List<Work<?>> together) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try {
        for (Work<?> work : together) {
          work.run(connection);
        }
        connection.commit();
        makeSafe(connection);
      } catch (SQLException | RuntimeException | Error e) {
        database.evictConnection(connection); // The next one is new, should this one be lost.
        throw e;
      }
    }
    together.forEach(Work::complete);
  }

  private void makeSafe(Connection connection) throws SQLException {
    if (afterCommit != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(afterCommit);
      }
    }
  }

  /**
   * Whether the connection was lost, which a new one may mend: the database starts again, or has
   * closed itself. H2 does that when the process is told to end, and opens again.
   */
  private static boolean isBroken(@Nullable Throwable failure) {
    return failure instanceof SQLNonTransientConnectionException
        || (failure instanceof SQLException sql
            && !isAway(sql)
            && String.valueOf(sql.getSQLState()).matches("08...|57P0."));
  }

  /** Whether the pool has waited for a connection in vain. */
  private static boolean isAway(@Nullable Throwable failure) {
    return failure instanceof SQLTransientConnectionException;
  }

  private static void fail(List<Work<?>> works, Throwable failure) {
    LedgerException reason = LedgerException.cannotBeUsed(failure);
    works.forEach(work -> work.fail(reason));
  }

  private static final class Work<R> {
    private final Sql<R> sql;
    private final CompletableFuture<R> done = new CompletableFuture<>();
    private @Nullable Runnable completion;
    private boolean last;

    private Work(Sql<R> sql) {
      this.sql = sql;
    }

    private Work<R> last() {
      last = true;
      return this;
    }

    private boolean isLast() {
      return last;
    }

    private void run(Connection connection) throws SQLException {
      R result = sql.on(connection);
      completion = () -> done.complete(result);
    }

    private void complete() {
      if (completion != null) {
        completion.run();
      }
    }

    private void fail(LedgerException failure) {
      done.completeExceptionally(failure);
    }
  }
}
