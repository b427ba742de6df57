/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.price.PriceTable;
import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BudgetOfCostTest {

  /** A cent for a token of either kind, in round numbers. */
  private static final String PRICES =
      """
      provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
      acme,large,10000,,,10000,EUR,2026-01-01,https://acme.example/prices
      openai,small,10000,,,10000,USD,2026-01-01,https://example.org/prices
      """;

  private static final BigDecimal CALL = new BigDecimal("3.00");

  private final Budget budget =
      Budget.ofCost(BigDecimal.TEN, () -> PriceTable.parse("test", PRICES));

  @Test
  void noCallIsLetOutThatMayCostMoreThanIsLeft() throws Exception {
    BigDecimal spent = BigDecimal.ZERO;
    for (int i = 0; i < 3; i++) {
      call("acme", "large");
      spent = spent.add(CALL);
    }

    assertThatThrownBy(() -> call("acme", "large"))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("The budget is 10 EUR; 9 EUR are spent")
        .hasMessageEndingWith("the next call may take 3 EUR.");
    assertThat(spent).isLessThanOrEqualTo(BigDecimal.TEN);
    assertThat(budget.exhausted()).isNotNull();
  }

  @Test
  void aModelWithoutAPriceIsRefusedWithTheCure() {
    assertThatThrownBy(() -> call("vllm", "m"))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("The model m of vllm has no price")
        .hasMessageContaining("camel.component.llm.price-table");
    assertThat(budget.exhausted()).isNotNull();
  }

  @Test
  void aSecondCurrencyIsNotAddedToTheFirst() throws Exception {
    call("acme", "large");

    assertThatThrownBy(() -> call("openai", "small"))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessage(
            "The budget is in EUR, and the price of the model small of openai in USD."
                + " Give it one in EUR.");
  }

  @Test
  void anAnswerWhoseCostNobodyKnowsCostsWhatItReserved() throws Exception {
    for (int i = 0; i < 3; i++) {
      Objects.requireNonNull(budget.enter(request("acme", "large"))).leave(Spending.time(1), null);
    }

    assertThatThrownBy(() -> call("acme", "large"))
        .isInstanceOf(BudgetSpentException.class)
        .hasMessageContaining("9 EUR are spent");
  }

  /** A hundred bytes, which are a hundred tokens, and two hundred tokens of output. */
  private void call(String provider, String model) throws BudgetSpentException {
    Objects.requireNonNull(budget.enter(request(provider, model)))
        .leave(new Spending(100L, 200L, CALL, "EUR", 1, null), null);
  }

  private static RequestPreview request(String provider, String model) {
    return new RequestPreview(provider, model, 200, 100, "h");
  }
}
