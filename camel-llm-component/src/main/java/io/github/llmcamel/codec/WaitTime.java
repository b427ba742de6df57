/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms in which providers name a time to wait. Each reads as null what is not its own. */
final class WaitTime {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,30})?");

  /** Such as {@code 1h2m3.5s} or {@code 20ms}. */
  private static final Pattern SPAN =
      Pattern.compile(
          "(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,30})?)s)?"
              + "(?:(\\d{1,9}(?:\\.\\d{1,30})?)ms)?");

  private static final Pattern EPOCH = Pattern.compile("\\d{10}(\\d{3})?");

  private WaitTime() {}

  /** A number of seconds, such as {@code 7} or {@code 0.4}. */
  static @Nullable Duration seconds(@Nullable String text) {
    return number(text, "1");
  }

  /** A number of milliseconds. */
  static @Nullable Duration millis(@Nullable String text) {
    return number(text, "0.001");
  }

  /** Such as {@code 1h2m3.5s} or {@code 20ms}; seconds where there is no unit. */
  static @Nullable Duration span(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Matcher parts = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return seconds(text);
    }
    return duration(
        part(parts, 1, "3600")
            .add(part(parts, 2, "60"))
            .add(part(parts, 3, "1"))
            .add(part(parts, 4, "0.001")));
  }

  /** A date as HTTP writes it. */
  static @Nullable Instant httpDate(@Nullable String text) {
    try {
      return text == null
          ? null
          : ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  /** A date as RFC 3339 writes it, or as seconds or milliseconds since 1970. */
  static @Nullable Instant instant(@Nullable String text) {
    String stripped = text == null ? "" : text.strip();
    if (EPOCH.matcher(stripped).matches()) {
      long number = Long.parseLong(stripped);
      return stripped.length() == 10 ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }
    try {
      return OffsetDateTime.parse(stripped).toInstant();
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  private static @Nullable Duration number(@Nullable String text, String unitInSeconds) {
    return text == null || !NUMBER.matcher(text.strip()).matches()
        ? null
        : duration(new BigDecimal(text.strip()).multiply(new BigDecimal(unitInSeconds)));
  }

  private static BigDecimal part(Matcher parts, int group, String unitInSeconds) {
    String digits = parts.group(group);
    return digits == null
        ? BigDecimal.ZERO
        : new BigDecimal(digits).multiply(new BigDecimal(unitInSeconds));
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }
}
