/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

import io.github.llmcamel.model.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of a model cost. All prices are for one million tokens, 0 and above.
 *
 * @param input for tokens of the input
 * @param cachedInput for those that come from the provider's cache; null if they cost as others
 * @param cacheWriteInput for those that are written to the provider's cache; null if they cost as
 *     others
 * @param output for tokens of the output, reasoning included; null for a model that has none, as
 *     one for embeddings
 * @param date when the price was known to be true
 * @param source the page that says so
 */
public record Price(
    BigDecimal input,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWriteInput,
    @Nullable BigDecimal output,
    Currency currency,
    LocalDate date,
    URI source) {

  private static final int MILLION = 6;

  public Price {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(source, "source");
  }

  /**
   * What so many tokens cost; null if the provider has not said how many of them there are. What it
   * does not say of its cache is taken for none.
   */
  public @Nullable Cost of(Usage usage) {
    Long all = usage.inputTokens();
    BigDecimal written = ofOutput(usage.outputTokens());
    if (all == null || written == null) {
      return null;
    }
    long cached = Math.min(all, count(usage.cachedInputTokens()));
    long cacheWrites = Math.min(all - cached, count(usage.cacheWriteInputTokens()));
    BigDecimal sum =
        product(input, all - cached - cacheWrites)
            .add(product(cachedInput == null ? input : cachedInput, cached))
            .add(product(cacheWriteInput == null ? input : cacheWriteInput, cacheWrites))
            .add(written);
    return new Cost(sum.movePointLeft(MILLION), currency);
  }

  private @Nullable BigDecimal ofOutput(@Nullable Long tokens) {
    if (output == null) {
      // Somebody has made a row for embeddings of a model that writes.
      return count(tokens) == 0 ? BigDecimal.ZERO : null;
    }
    return tokens == null ? null : product(output, tokens);
  }

  private static long count(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static BigDecimal product(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens));
  }
}
