/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndingTest {

  private final Main main = new Main();
  private final StringWriter terminal = new StringWriter();

  @BeforeEach
  void start() {
    main.start();
  }

  @AfterEach
  void stop() {
    main.stop();
  }

  @Test
  void aRunThatIsOverNeedsNoEnding() {
    Ending ending = ending(Duration.ofDays(1));
    assertThat(ending.isFarAway()).isTrue();
    ending.isOver();

    ending.begin();

    assertThat(terminal.toString()).isEmpty();
    assertThat(main.getCamelContext().isStarted()).isTrue();
  }

  @Test
  void documentsThatHaveBegunHaveTheirTime() {
    Ending ending = ending(Duration.ofDays(1));
    CompletableFuture<Void> ended = CompletableFuture.runAsync(ending::begin);
    await().until(() -> terminal.toString().contains("have 86400 seconds"));
    assertThat(ended).isNotDone();

    ending.isOver();

    ended.join();
    assertThat(main.getCamelContext().isStarted()).isTrue();
  }

  @Test
  void thenTheirCallsAreCancelledAndTheReportIsAwaited() {
    Ending ending = ending(Duration.ZERO);
    CompletableFuture<Void> ended = CompletableFuture.runAsync(ending::begin);
    await().until(() -> main.getCamelContext().isStopped());
    assertThat(ended).isNotDone();

    ending.isOver();

    ended.join();
  }

  @Test
  void whatIsCancelledHasNoTimeLeft() {
    Ending ending = ending(Duration.ofDays(1));
    main.getShutdownStrategy().addShutdownListener(ending::begin);

    ending.cancel();

    assertThat(main.getCamelContext().isStopped()).isTrue();
    assertThat(terminal.toString()).isEmpty();
  }

  private Ending ending(Duration grace) {
    return new Ending(main, new PrintWriter(terminal), grace);
  }
}
