/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.access;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the limit of a key says to one request.
 *
 * @param decision what becomes of the request
 * @param limit the requests per minute
 * @param remaining how many more may come at once; 0 and above
 * @param untilNext how long until one more may come; zero if it may now
 * @param untilReset how long until as many as the limit may come at once
 */
public record RequestRate(
    Decision decision, int limit, long remaining, Duration untilNext, Duration untilReset) {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** What becomes of a request. */
  public enum Decision {
    /** It goes on. */
    ALLOWED,
    /** It came too early. */
    REFUSED
  }

  /**
   * What the client is told, in the words of OpenAI's API: {@code x-ratelimit-*-requests}, and for
   * a request that came too early {@code Retry-After}, in whole seconds.
   */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("x-ratelimit-limit-requests", Integer.toString(limit));
    headers.put("x-ratelimit-remaining-requests", Long.toString(remaining));
    headers.put("x-ratelimit-reset-requests", span(untilReset));
    if (decision == Decision.REFUSED) {
      headers.put("Retry-After", Long.toString(roundedUp(untilNext, SECOND)));
    }
    return Collections.unmodifiableMap(headers);
  }

  /** Such as 1m0s, 6.12s or 20ms. */
  private static String span(Duration time) {
    long millis = roundedUp(time, MILLISECOND);
    if (millis < 1000) {
      return millis + "ms";
    }
    long minutes = millis / 60_000;
    String seconds = BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString();
    return (minutes == 0 ? "" : minutes + "m") + seconds + "s";
  }

  /** Up, so that who waits as long as he is told does not come too early again. */
  private static long roundedUp(Duration time, Duration unit) {
    return time.plus(unit).minusNanos(1).dividedBy(unit);
  }
}
