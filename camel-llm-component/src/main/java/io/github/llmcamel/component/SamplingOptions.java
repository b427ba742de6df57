/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.Sampling;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sampling from options and headers, with values that no provider could mean refused. */
final class SamplingOptions {

  private SamplingOptions() {}

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException if a value is out of range; names the option
   */
  static Sampling of(LlmConfiguration options) {
    return checked(
        new Sampling(
            options.getTemperature(),
            options.getTopP(),
            options.getTopK(),
            options.getMaxTokens(),
            stop(options.getStop()),
            options.getSeed(),
            options.getFrequencyPenalty(),
            options.getPresencePenalty(),
            options.getChoiceCount(),
            options.getReasoningEffort()));
  }

  /** The texts of a list with commas; empty for null. */
  static List<String> stop(@Nullable String commaSeparated) {
    return commaSeparated == null
        ? List.of()
        : Arrays.stream(commaSeparated.split(",", -1)).filter(text -> !text.isEmpty()).toList();
  }

  /**
   * The same values.
   *
   * @throws IllegalArgumentException if one is out of range; names the option
   */
  static Sampling checked(Sampling sampling) {
    within("temperature", sampling.temperature(), 0, 2);
    within("topP", sampling.topP(), Double.MIN_VALUE, 1);
    within("topK", sampling.topK(), 1, Integer.MAX_VALUE);
    within("maxTokens", sampling.maxTokens(), 1, Integer.MAX_VALUE);
    within("frequencyPenalty", sampling.frequencyPenalty(), -2, 2);
    within("presencePenalty", sampling.presencePenalty(), -2, 2);
    within("choiceCount", sampling.choiceCount(), 1, Integer.MAX_VALUE);
    return sampling;
  }

  /**
   * The same length of vectors.
   *
   * @throws IllegalArgumentException if it is out of range; names the option
   */
  static @Nullable Integer checkedDimensions(@Nullable Integer dimensions) {
    within("dimensions", dimensions, 1, Integer.MAX_VALUE);
    return dimensions;
  }

  private static void within(String option, @Nullable Number value, double least, double most) {
    // Written so that NaN is refused, too.
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      String range =
          most == Integer.MAX_VALUE
              ? "%.0f or more".formatted(least)
              : least == Double.MIN_VALUE
                  ? "above 0 and at most %.0f".formatted(most)
                  : "from %.0f to %.0f".formatted(least, most);
      throw new IllegalArgumentException(
          "%s is %s; it must be %s.".formatted(option, OptionNumber.shown(value), range));
    }
  }
}
