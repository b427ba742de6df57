/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;

class ProgressOnBarTest {

  private static final DocumentResult COMPLETED =
      DocumentResults.completed("a", "log", "It is.", Map.of());
  private static final DocumentResult FAILED = DocumentResults.failed("b", "no");

  private final Queue<String> drawn = new ConcurrentLinkedQueue<>();
  private final Progress progress =
      new ProgressOnBar(
          new ProgressBarBuilder().setConsumer(new DelegatingProgressBarConsumer(drawn::add, 120)),
          3);

  @Test
  void theBarEndsWithAllDocumentsAndTheNumberThatFailed() {
    progress.start();
    progress.add(COMPLETED);
    progress.add(FAILED);
    progress.add(COMPLETED);
    progress.end();

    assertThat(drawn).last().asString().contains("documents", "100%", "3/3", "1 failed");
  }

  @Test
  void failuresAreNotMentionedWhereThereAreNone() {
    progress.start();
    progress.add(COMPLETED);
    progress.end();

    assertThat(drawn).last().asString().contains("1/3").doesNotContain("failed");
  }

  @Test
  void nothingIsDrawnUnlessItHasStarted() {
    assertThatIllegalStateException().isThrownBy(() -> progress.add(COMPLETED));
    progress.end();

    assertThat(drawn).isEmpty();
  }
}
