/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final int MOST_WAITING = 100_000;

  @Test
  void whateverIsThrownFailsItsOwnWorkAlone() {
    try (HikariDataSource database = database("jdbc:h2:mem:lane", Duration.ofMinutes(1));
        Lane lane = new Lane("test", database, null)) {
      CompletableFuture<String> bad =
          lane.submit(
              connection -> {
                throw new StackOverflowError("Deep.");
              });
      CompletableFuture<String> good = lane.submit(connection -> "good");

      assertThatThrownBy(bad::join).hasCauseInstanceOf(LedgerException.class);
      assertThat(good.join()).isEqualTo("good");
    }
  }

  @Test
  void whileTheDatabaseIsAwayNobodyWaitsOnceForEachOfTheOthers() throws Exception {
    try (HikariDataSource database =
            database("jdbc:postgresql://127.0.0.1:1/nothing", Duration.ofMillis(250));
        Lane lane = new Lane("test", database, null)) {
      Instant start = Instant.now();
      List<CompletableFuture<String>> all = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        all.add(lane.submit(connection -> "never"));
      }

      for (CompletableFuture<String> one : all) {
        assertThatThrownBy(one::join)
            .hasCauseInstanceOf(LedgerException.class)
            .hasMessageContaining("Connection to 127.0.0.1:1 refused");
      }
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whoeverIsOneTooManyFailsAtOnce() {
    CountDownLatch over = new CountDownLatch(1);
    try (HikariDataSource database = database("jdbc:h2:mem:lane", Duration.ofMinutes(1));
        Lane lane = new Lane("test", database, null)) {
      CompletableFuture<String> first = lane.submit(connection -> await(over));
      List<CompletableFuture<String>> all = new ArrayList<>();
      for (int i = 0; i < MOST_WAITING + 1001; i++) {
        all.add(lane.submit(connection -> "done"));
      }

      CompletableFuture<String> last = all.get(all.size() - 1);
      assertThat(last).isCompletedExceptionally();
      assertThatThrownBy(last::join).hasMessageContaining("The ledger is too slow: 100,000");
      over.countDown();
      assertThat(first.join()).isEqualTo("over");
      assertThat(all.get(0).join()).isEqualTo("done");
    } finally {
      over.countDown();
    }
  }

  private static String await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "over";
  }

  private static HikariDataSource database(String url, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
