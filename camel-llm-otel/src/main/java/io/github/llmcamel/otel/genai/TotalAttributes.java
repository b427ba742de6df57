/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.price.Cost;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the span of a route says about the calls of its exchange; the conventions know nothing. */
public final class TotalAttributes {

  private TotalAttributes() {}

  /**
   * The attributes for these sums; none in {@link Profile#STRICT}.
   *
   * @param inputTokens null if no provider counted
   * @param outputTokens null if no provider counted
   * @param cost null if none is known
   */
  public static Attributes of(
      TelemetrySettings settings,
      long calls,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      long nanos,
      @Nullable Cost cost) {
    if (settings.profile() == Profile.STRICT) {
      return Attributes.empty();
    }
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(GenAiAttributes.TOTAL_CALLS, calls);
    if (inputTokens != null) {
      attributes.put(GenAiAttributes.TOTAL_INPUT_TOKENS, inputTokens);
    }
    if (outputTokens != null) {
      attributes.put(GenAiAttributes.TOTAL_OUTPUT_TOKENS, outputTokens);
    }
    attributes.put(
        GenAiAttributes.TOTAL_DURATION_SECONDS, (double) nanos / TimeUnit.SECONDS.toNanos(1));
    if (cost != null) {
      attributes.put(GenAiAttributes.TOTAL_COST_AMOUNT, cost.amount().doubleValue());
      attributes.put(GenAiAttributes.TOTAL_COST_CURRENCY, cost.currency().getCurrencyCode());
    }
    return attributes.build();
  }
}
