/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long a provider asks to wait. */
final class RetryAfter {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,30})?");

  /** Such as {@code 1h2m3.5s} or {@code 20ms}. */
  private static final Pattern SPAN =
      Pattern.compile(
          "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,30})?)s)?"
              + "(?:(\\d{1,9}(?:\\.\\d{1,30})?)ms)?");

  private RetryAfter() {}

  /**
   * The wait that the reply to a refused call asks for; null if it names none that can be
   * understood. A date counts from the reply's own {@code Date}, since the two clocks may differ.
   *
   * @param delay what the body says, such as {@code 34.5s}
   */
  static @Nullable Duration of(ReplyHead head, @Nullable String delay) {
    return Stream.of(
            number(head.header("retry-after-ms"), "0.001"),
            number(head.header("retry-after"), "1"),
            untilDate(head),
            span(delay),
            head.status() == 429 ? untilReset(head) : null)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Duration number(@Nullable String text, String unitInSeconds) {
    return text == null || !NUMBER.matcher(text.strip()).matches()
        ? null
        : seconds(new BigDecimal(text.strip()).multiply(new BigDecimal(unitInSeconds)));
  }

  private static @Nullable Duration untilDate(ReplyHead head) {
    ZonedDateTime until = date(head.header("retry-after"));
    ZonedDateTime now = date(head.header("date"));
    if (until == null || now == null || until.isBefore(now)) {
      return null;
    }
    return Duration.between(now, until);
  }

  private static @Nullable ZonedDateTime date(@Nullable String text) {
    try {
      return text == null
          ? null
          : ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** When the last of the used-up limits opens again; one with something left does not count. */
  private static @Nullable Duration untilReset(ReplyHead head) {
    return Stream.of("requests", "tokens")
        .filter(limit -> !hasSomeLeft(head.header("x-ratelimit-remaining-" + limit)))
        .map(limit -> span(head.header("x-ratelimit-reset-" + limit)))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static boolean hasSomeLeft(@Nullable String remaining) {
    return remaining != null && remaining.strip().matches("0*[1-9]\\d*");
  }

  private static @Nullable Duration span(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Matcher parts = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return number(text, "1");
    }
    return seconds(
        part(parts, 1, "3600")
            .add(part(parts, 2, "60"))
            .add(part(parts, 3, "1"))
            .add(part(parts, 4, "0.001")));
  }

  private static BigDecimal part(Matcher parts, int group, String unitInSeconds) {
    String digits = parts.group(group);
    return digits == null
        ? BigDecimal.ZERO
        : new BigDecimal(digits).multiply(new BigDecimal(unitInSeconds));
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }
}
