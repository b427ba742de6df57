/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices from the text of a file. Fields are separated by commas and never quoted: none of
 * them needs one. Empty lines and those that begin with {@code #} are skipped.
 */
final class PriceFile {

  private static final List<String> COLUMNS =
      List.of(
          "provider",
          "model",
          "input",
          "cachedInput",
          "cacheWriteInput",
          "output",
          "currency",
          "date",
          "source");

  private final String name;

  PriceFile(String name) {
    this.name = name;
  }

  /**
   * The rows, in their order.
   *
   * @throws IllegalArgumentException if one cannot be read; names file, line, column and the cure
   */
  List<PriceRow> read(String csv) {
    List<PriceRow> rows = new ArrayList<>();
    Set<List<String>> known = new HashSet<>();
    boolean hasHeader = false;
    int number = 0;
    for (String line : csv.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Line fields =
          new Line(number, Arrays.stream(line.split(",", -1)).map(String::strip).toList());
      if (!hasHeader) {
        fields.checkHeader();
        hasHeader = true;
      } else {
        rows.add(fields.row());
        if (!known.add(fields.values.subList(0, 2))) {
          throw fields.problem(
              "model", "the same provider and model stand in an earlier line; remove one of them");
        }
      }
    }
    return rows;
  }

  private final class Line {
    private final int number;
    private final List<String> values;

    private Line(int number, List<String> values) {
      this.number = number;
      this.values = values;
    }

    private void checkHeader() {
      if (!values.equals(COLUMNS)) {
        throw new IllegalArgumentException(
            "%s, line %d: it must be the names of the columns, %s."
                .formatted(name, number, String.join(",", COLUMNS)));
      }
    }

    private PriceRow row() {
      if (values.size() != COLUMNS.size()) {
        throw new IllegalArgumentException(
            "%s, line %d: it has %d fields; give all of %s, and leave empty what is not known."
                .formatted(name, number, values.size(), String.join(",", COLUMNS)));
      }
      String model = required("model");
      boolean isBeginning = model.endsWith("*");
      String bare = isBeginning ? model.substring(0, model.length() - 1) : model;
      if (bare.contains("*")) {
        throw problem("model", "a * may only stand at the end");
      }
      return new PriceRow(
          required("provider"),
          bare,
          isBeginning ? PriceRow.Scope.BEGINNING : PriceRow.Scope.ONE_MODEL,
          price());
    }

    private Price price() {
      return new Price(
          number(required("input"), "input"),
          optionalNumber("cachedInput"),
          optionalNumber("cacheWriteInput"),
          optionalNumber("output"),
          read("currency", "a code of ISO 4217, such as USD", Currency::getInstance),
          read("date", "a date, such as 2026-01-31", LocalDate::parse),
          read("source", "the URL of the page that has the price", PriceFile::url));
    }

    private @Nullable BigDecimal optionalNumber(String column) {
      String value = value(column);
      return value.isEmpty() ? null : number(value, column);
    }

    private BigDecimal number(String value, String column) {
      try {
        BigDecimal number = new BigDecimal(value);
        if (number.signum() >= 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as of a number below 0.
      }
      throw problem(column, "it must be the price of a million tokens, such as 2.50");
    }

    private <T> T read(String column, String form, Function<String, T> parser) {
      try {
        return parser.apply(required(column));
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw problem(column, "it must be " + form);
      }
    }

    private String required(String column) {
      String value = value(column);
      if (value.isEmpty()) {
        throw problem(column, "it must not be empty");
      }
      return value;
    }

    private String value(String column) {
      return values.get(COLUMNS.indexOf(column));
    }

    private IllegalArgumentException problem(String column, String cure) {
      return new IllegalArgumentException(
          "%s, line %d, column %s is '%.100s'; %s."
              .formatted(name, number, column, value(column), cure));
    }
  }

  private static URI url(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null) {
      throw new IllegalArgumentException("no host");
    }
    return url;
  }
}
