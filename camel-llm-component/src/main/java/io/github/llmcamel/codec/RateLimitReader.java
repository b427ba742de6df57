/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.model.RateLimits;
import io.github.llmcamel.model.RateLimits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the headers of a reply say about limits, whichever family of headers it uses. */
final class RateLimitReader {

  /** The star stands for limit, remaining or reset. */
  private static final List<String> REQUESTS =
      List.of(
          "x-ratelimit-*-requests",
          "x-ratelimit-*-requests-minute",
          "x-ratelimit-*-requests-hour",
          "x-ratelimit-*-requests-day",
          "x-ratelimit-*",
          "anthropic-ratelimit-requests-*");

  private static final List<String> TOKENS =
      List.of(
          "x-ratelimit-*-tokens",
          "x-ratelimit-*-tokens-minute",
          "x-ratelimit-*-tokens-hour",
          "x-ratelimit-*-tokens-day",
          "anthropic-ratelimit-tokens-*",
          "anthropic-ratelimit-input-tokens-*",
          "anthropic-ratelimit-output-tokens-*",
          "anthropic-priority-input-tokens-*",
          "anthropic-priority-output-tokens-*");

  /** The least that is left; among equals the one that takes the longest to open again. */
  private static final Comparator<Limit> TIGHTEST_FIRST =
      Comparator.comparing(Limit::remaining, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Limit::reset, Comparator.nullsLast(Comparator.reverseOrder()));

  private static final Pattern COUNT = Pattern.compile("(\\d{1,18})(\\.\\d*)?");

  private RateLimitReader() {}

  static RateLimits read(ReplyHead head) {
    boolean saysSomething =
        head.headers().keySet().stream()
            .anyMatch(name -> name.contains("ratelimit") || name.contains("priority"));
    return saysSomething
        ? new RateLimits(tightest(head, REQUESTS), tightest(head, TOKENS))
        : RateLimits.UNKNOWN;
  }

  private static Limit tightest(ReplyHead head, List<String> names) {
    return names.stream()
        .map(name -> limit(head, name))
        .filter(limit -> !limit.equals(Limit.UNKNOWN))
        .min(TIGHTEST_FIRST)
        .orElse(Limit.UNKNOWN);
  }

  private static Limit limit(ReplyHead head, String name) {
    return new Limit(
        count(head.header(name.replace("*", "limit"))),
        count(head.header(name.replace("*", "remaining"))),
        reset(head, head.header(name.replace("*", "reset"))));
  }

  private static @Nullable Long count(@Nullable String text) {
    Matcher count = COUNT.matcher(text == null ? "" : text.strip());
    return count.matches() ? Long.valueOf(count.group(1)) : null;
  }

  private static @Nullable Duration reset(ReplyHead head, @Nullable String text) {
    Duration span = WaitTime.span(text);
    Instant until = span == null ? WaitTime.instant(text) : null;
    Instant now = head.date();
    if (until == null || now == null) {
      return span;
    }
    return until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
  }
}
