/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.llmcamel.examples.stages.Concurrency;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.junit.jupiter.api.Test;

class ProgressOnBarTest {

  private static final DocumentResult COMPLETED =
      DocumentResults.completed(
          "a",
          "log",
          "It is.",
          Map.of("classify", DocumentResults.call(DocumentResults.spent("0.25", "USD"))));
  private static final DocumentResult FAILED = DocumentResults.failed("b", "no");

  private final Queue<String> drawn = new ConcurrentLinkedQueue<>();
  private final Progress progress =
      new ProgressOnBar(
          new ProgressBarBuilder().setConsumer(new DelegatingProgressBarConsumer(drawn::add, 200)),
          3L,
          Concurrency.fixed(8));

  @Test
  void theBarEndsWithAllDocumentsAndWhatTheyTook() {
    progress.start();
    progress.add(COMPLETED);
    progress.add(FAILED);
    progress.add(COMPLETED);
    progress.end();

    assertThat(drawn)
        .last()
        .asString()
        .contains("documents", "100%", "3/3", "/s", "30 tokens, 0.5 USD, 1 failed", "8 at once")
        .as("what has passed and what is left")
        .containsPattern("\\(\\d:\\d\\d:\\d\\d / \\d:\\d\\d:\\d\\d\\)");
  }

  @Test
  void whereNobodyKnowsHowManyWillComeTheBarHasNoEnd() {
    Progress watch =
        new ProgressOnBar(
            new ProgressBarBuilder()
                .setConsumer(new DelegatingProgressBarConsumer(drawn::add, 200)),
            null,
            Concurrency.fixed(8));
    watch.start();
    watch.add(COMPLETED);
    watch.end();

    assertThat(drawn)
        .last()
        .asString()
        .contains("documents", "1/?", "/ ?)", "/s", "15 tokens", "8 at once");
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
