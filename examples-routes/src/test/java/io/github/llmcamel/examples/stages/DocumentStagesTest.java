/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.ledger.LedgerEntry;
import io.github.llmcamel.examples.ledger.LedgerEntry.State;
import io.github.llmcamel.examples.ledger.Question;
import io.github.llmcamel.examples.ledger.Spending;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a document takes is what the ledger will say of it. */
class DocumentStagesTest {

  private static final Spending SPENT =
      new Spending(10L, 5L, new BigDecimal("0.25"), "EUR", 1, null);

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final DocumentStages document = DocumentStages.begin(exchange, "a.txt");

  @Test
  void answersOfThisRunAndOfEarlierOnesAreToldApart() {
    document.add(entry("0", 1, "An answer."), false);
    document.add(entry("1", 2, "An answer."), true);
    document.add(entry("2", 1, "An answer."), false);

    assertThat(result())
        .returns(4, StageResult::calls)
        .returns(1, StageResult::reused)
        .returns(SPENT.plus(SPENT), StageResult::spent)
        .returns(SPENT, StageResult::spentEarlier);
    assertThat(whole().spent()).isEqualTo(SPENT.plus(SPENT).plus(SPENT));
  }

  @Test
  void whatIsRepeatedCountsOnce() {
    document.add(entry("0", 1, "An answer."), false);
    document.add(entry("1", 1, "An answer."), true);
    document.add(entry("2", 1, null), false); // So all pieces come again.

    document.add(entry("0", 1, "An answer."), true);
    document.add(entry("1", 1, "An answer."), true);
    document.add(entry("2", 2, "An answer."), false);

    assertThat(result())
        .returns(4, StageResult::calls)
        .returns(1, StageResult::reused)
        .returns(SPENT.plus(SPENT), StageResult::spent)
        .returns(SPENT, StageResult::spentEarlier);
  }

  @Test
  void aCallThatIsNotAnsweredIsACall() {
    document.add(entry("", 6, null), false);

    assertThat(result()).returns(6, StageResult::calls).returns(0, StageResult::reused);
    assertThat(result().answers()).isEmpty();
    assertThat(result().knownBefore()).isEqualTo(result());
  }

  @Test
  void anAnswerThatIsOfNoUseWasPaidFor() {
    document.add(entry("", 1, "No.").failed("No JSON."), true);

    assertThat(result().answers()).containsExactly(SPENT);
    assertThat(result().spentEarlier()).isEqualTo(SPENT);
  }

  private StageResult result() {
    return Objects.requireNonNull(document.results().get("map"));
  }

  private LedgerEntry whole() {
    return document.ended(exchange, null, null).get(0);
  }

  /** One without an answer has failed. */
  private static LedgerEntry entry(String part, int attempts, @Nullable String answer) {
    return new LedgerEntry(
        "a.txt",
        "map",
        part,
        new Question(null, "h", null, null),
        answer == null ? State.FAILED : State.DONE,
        attempts,
        Instant.EPOCH,
        answer == null ? Spending.time(1) : SPENT,
        null,
        null,
        answer == null ? "Busy." : null,
        answer);
  }
}
