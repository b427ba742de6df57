/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmBudgetExceededException;
import io.github.llmcamel.error.LlmBudgetExceededException.Budget;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aBudgetThatIsUsedUpIsNothingToRepeat() {
    OpenAiError error =
        Failures.toClient(
            new LlmBudgetExceededException(
                Budget.CALLS,
                BigDecimal.ONE,
                BigDecimal.ONE,
                null,
                Failure.withoutReply("openai", URI.create("https://api.example/v1"), false)));

    assertThat(error.status()).isEqualTo(400);
    assertThat(error.code()).isEqualTo("budget_exceeded");
  }
}
