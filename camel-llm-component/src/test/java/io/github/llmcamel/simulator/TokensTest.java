/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  @Test
  void takesWordsAndSymbolsWithTheSpaceBeforeThem() {
    assertThat(Tokens.split("Pay 12.50 €, now!"))
        .containsExactly("Pay", " 12", ".", "50", " €", ",", " now", "!");
  }

  @Test
  void givesTheLastTokenTheSpaceBehindIt() {
    assertThat(Tokens.split("  a\n b \n\u00A0")).containsExactly("  a", "\n b \n\u00A0");
    assertThat(Tokens.split(" \n ")).containsExactly(" \n ");
    assertThat(Tokens.split("")).isEmpty();
  }

  @Test
  void knowsOtherScripts() {
    assertThat(Tokens.split("Größe наука नमस्ते")).containsExactly("Größe", " наука", " नमस्ते");
    assertThat(Tokens.split("山田さん。")).containsExactly("山", "田", "さん", "。");
  }

  @Test
  void splitsNoCodePoint() {
    assertThat(Tokens.split("🦁🦁 \uD800 \uFFFD𝒳y"))
        .containsExactly("🦁", "🦁", " \uD800", " \uFFFD", "𝒳y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a", "a b", " a. \n", "Ünïcode, 山🦁!", "a\u0301\u2028b"})
  void joinsToTheTextAndCountsWhatItSplits(String text) {
    assertThat(String.join("", Tokens.split(text))).isEqualTo(text);
    assertThat(Tokens.count(text)).isEqualTo(Tokens.split(text).size());
  }
}
