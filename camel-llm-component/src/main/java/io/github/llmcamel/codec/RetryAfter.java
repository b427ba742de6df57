/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait. */
final class RetryAfter {

  private RetryAfter() {}

  /**
   * The wait that the reply to a refused call asks for; null if it names none above 0 that can be
   * understood. A date counts from the reply's own {@code Date}, since the two clocks may differ.
   *
   * @param delay what the body says, such as {@code 34.5s}
   */
  static @Nullable Duration of(ReplyHead head, @Nullable String delay) {
    return Stream.of(
            WaitTime.millis(head.header("retry-after-ms")),
            WaitTime.seconds(head.header("retry-after")),
            untilDate(head),
            WaitTime.span(delay),
            head.status() == 429 ? untilReset(head.rateLimits()) : null)
        .filter(wait -> wait != null && wait.compareTo(Duration.ZERO) > 0)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Duration untilDate(ReplyHead head) {
    Instant until = WaitTime.httpDate(head.header("retry-after"));
    Instant now = head.date();
    return until == null || now == null || until.isBefore(now)
        ? null
        : Duration.between(now, until);
  }

  /** When the last of the used-up limits opens again; one with something left does not count. */
  private static @Nullable Duration untilReset(RateLimits limits) {
    return Stream.of(limits.requests(), limits.tokens())
        .filter(limit -> limit.remaining() == null || limit.remaining() == 0)
        .map(RateLimits.Limit::reset)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
