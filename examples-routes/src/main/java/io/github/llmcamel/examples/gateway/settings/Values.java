/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ModelPattern;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/**
 * Reads the values of properties, once their placeholders are replaced. Each says the problem and
 * the cure in an IllegalArgumentException.
 */
final class Values {

  private static final Pattern DIGITS = Pattern.compile("\\d{1,10}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(d|h|ms|m|s)){1,5}|\\d{1,9}");
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[A-Za-z0-9.\\[\\]:-]+");

  private Values() {}

  static String text(String value) {
    return Placeholders.replace(value).strip();
  }

  static int positive(String value) {
    return number(value, 1);
  }

  static int count(String value) {
    return number(value, 0);
  }

  private static int number(String value, int least) {
    String digits = text(value);
    long number = DIGITS.matcher(digits).matches() ? Long.parseLong(digits) : -1;
    if (number < least || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "'%s' is no whole number from %d to %d. Write one in digits."
              .formatted(digits, least, Integer.MAX_VALUE));
    }
    return (int) number;
  }

  static Duration duration(String value) {
    String text = text(value);
    // Camel's parser reads as 0 what it does not know.
    Duration duration =
        DURATION.matcher(text).matches()
            ? Duration.ofMillis(TimeUtils.toMilliSeconds(text))
            : Duration.ZERO;
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'%s' is no time from 1ms to 1d. Write it as Camel does, such as 5s or 2m."
              .formatted(text));
    }
    return duration;
  }

  static <E extends Enum<E>> E word(String value, Class<E> words) {
    String text = text(value);
    return Arrays.stream(words.getEnumConstants())
        .filter(word -> word.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not one of %s. Write one of them."
                        .formatted(
                            text,
                            Arrays.stream(words.getEnumConstants())
                                .map(word -> word.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  static List<ModelPattern> models(String value) {
    List<ModelPattern> models = parts(value).map(ModelPattern::new).toList();
    if (models.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no model. Name some with commas between them, or remove the property to allow"
              + " every model.");
    }
    return models;
  }

  static List<String> origins(String value) {
    return parts(value).map(Values::origin).distinct().toList();
  }

  private static String origin(String text) {
    if (!ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("'%s' is no origin. Write scheme, host and port, such as https://chat.example.com, and no"
                  + " slash behind them; or * for every origin.")
              .formatted(text));
    }
    return text;
  }

  private static Stream<String> parts(String value) {
    return Stream.of(text(value).split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }
}
