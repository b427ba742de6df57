/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator.answer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds amounts of money and other numbers in a text, in English and continental notation. */
final class Amounts {

  private static final String CURRENCY =
      "(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CZK|INR|CNY|US\\$|[€$£¥₹])";
  private static final String NUMBER =
      "(?:\\d{1,3}(?:[.,'’\u00A0\u202F ]\\d{3}){1,5}(?:[.,]\\d{1,2})?|\\d{1,15}(?:[.,]\\d{1,2})?)(?!\\d)";
  private static final Pattern MONEY =
      Pattern.compile(
          "(?=[\\dA-Z€$£¥₹-])(?<![\\p{L}\\p{N}])(?:"
              + CURRENCY
              + "\\s?-?"
              + NUMBER
              + "|-?(?<![.,])"
              + NUMBER
              + "\\s?"
              + CURRENCY
              + ")(?![\\p{L}\\p{N}])");
  private static final Pattern PLAIN =
      Pattern.compile("(?<![\\p{L}\\p{N}.,])-?" + NUMBER + "(?![\\p{L}\\p{N}]|[.,]\\d)");
  private static final Pattern SYMBOL = Pattern.compile(CURRENCY);
  private static final Pattern DECIMALS = Pattern.compile("[.,](\\d{1,2})$");
  private static final Map<String, String> CODES =
      Map.of("€", "EUR", "$", "USD", "US$", "USD", "£", "GBP", "¥", "JPY", "₹", "INR");

  private Amounts() {}

  /** Amounts with their currency as they are written, in order. */
  static List<String> in(String text) {
    return MONEY.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  static Optional<String> first(String text) {
    Matcher money = MONEY.matcher(text);
    return money.find() ? Optional.of(money.group()) : Optional.empty();
  }

  /** The first number of any kind as it is written, dates left out. */
  static Optional<String> firstNumber(String text) {
    Matcher number = PLAIN.matcher(Dates.removedFrom(text));
    return number.find() ? Optional.of(number.group()) : Optional.empty();
  }

  /** The ISO code of an amount's currency. */
  static String currency(String amount) {
    Matcher symbol = SYMBOL.matcher(amount);
    return symbol.find() ? CODES.getOrDefault(symbol.group(), symbol.group()) : "";
  }

  /**
   * The number in a text that holds one: the last separator before one or two digits is decimal.
   */
  static Optional<BigDecimal> value(String text) {
    Matcher number = Pattern.compile("-?" + NUMBER).matcher(text);
    if (!number.find()) {
      return Optional.empty();
    }
    String digits = number.group();
    Matcher decimals = DECIMALS.matcher(digits);
    String fraction = decimals.find() ? "." + decimals.group(1) : "";
    String whole = fraction.isEmpty() ? digits : digits.substring(0, decimals.start());
    boolean negative = text.contains("-") && text.indexOf('-') <= number.start();
    String plain = whole.replaceAll("\\D", "") + fraction;
    BigDecimal value = new BigDecimal(plain);
    return Optional.of(negative ? value.negate() : value);
  }
}
