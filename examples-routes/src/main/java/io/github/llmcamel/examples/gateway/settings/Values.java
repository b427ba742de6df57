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
  private static final int GIBIBYTE = 1 << 30;
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[A-Za-z0-9.\\[\\]:-]+");

  private Values() {}

  static String text(String value) {
    return Placeholders.replace(value).strip();
  }

  static int positive(String value) {
    return number(value, 1, Integer.MAX_VALUE);
  }

  static int count(String value) {
    return number(value, 0, Integer.MAX_VALUE);
  }

  static int bytes(String value) {
    return number(value, 1, GIBIBYTE);
  }

  private static int number(String value, int least, int most) {
    String text = text(value);
    long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "'%s' is no whole number from %d to %d. Write one in digits."
              .formatted(text, least, most));
    }
    return (int) number;
  }

  static Duration timeout(String value) {
    return duration(value, "1ms", "1d");
  }

  static Duration keepAlive(String value) {
    return duration(value, "1s", "5m");
  }

  private static Duration duration(String value, String least, String most) {
    String text = text(value);
    // Camel's parser reads as 0 what it does not know.
    long millis = DURATION.matcher(text).matches() ? TimeUtils.toMilliSeconds(text) : 0;
    if (millis < TimeUtils.toMilliSeconds(least) || millis > TimeUtils.toMilliSeconds(most)) {
      throw new IllegalArgumentException(
          "'%s' is no time from %s to %s. Write it as Camel does, such as 5s or 2m."
              .formatted(text, least, most));
    }
    return Duration.ofMillis(millis);
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
