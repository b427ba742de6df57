/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

import io.github.llmcamel.model.ModelResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The prices of models. Immutable.
 *
 * <p>What is not in the table has no price, which is never 0. A row is for one model of one
 * provider, or, with a {@code *} at the end of its name, for all models whose names begin so; the
 * exact name goes before the longest beginning.
 */
public final class PriceTable {

  /** No prices. */
  public static final PriceTable EMPTY = new PriceTable(List.of(), null);

  private static final String SHIPPED = "prices.csv";

  private final List<PriceRow> rows;
  private final @Nullable PriceTable fallback;

  private PriceTable(List<PriceRow> rows, @Nullable PriceTable fallback) {
    this.rows = List.copyOf(rows);
    this.fallback = fallback;
  }

  /** The prices that come with the component. */
  public static PriceTable shipped() {
    try (InputStream csv = PriceTable.class.getResourceAsStream(SHIPPED)) {
      if (csv == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the component's jar");
      }
      return parse(SHIPPED, new String(csv.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @param name of the file, for messages
   * @param csv a line of column names, then a line for each row; see docs/cost.md
   * @throws IllegalArgumentException if there is anything else; names file, line, column and the
   *     cure
   */
  public static PriceTable parse(String name, String csv) {
    return new PriceTable(new PriceFile(name).read(csv), null);
  }

  /** This table, and {@code other} for models that it has no row for, not even by a beginning. */
  public PriceTable orElse(PriceTable other) {
    return new PriceTable(rows, fallback == null ? other : fallback.orElse(other));
  }

  /**
   * The price of a model; null if it is not known.
   *
   * @param provider the name in the endpoint URI, such as {@code openai}
   * @param model null has no price
   */
  public @Nullable Price find(String provider, @Nullable String model) {
    return find(provider, model, null);
  }

  /**
   * What an answer costs; null if there is no price, or the provider has not counted the tokens.
   *
   * <p>The price is that of the model that has answered: it may be another one than was asked for,
   * behind an alias. If that one is not in the table, it is that of the model that was asked for,
   * since providers name the dated version that an alias stands for.
   *
   * @param provider the name in the endpoint URI
   * @param requestModel the model that was asked for; null if none was
   */
  public @Nullable Cost cost(
      String provider, @Nullable String requestModel, ModelResponse response) {
    Price price = find(provider, response.model(), requestModel);
    return price == null ? null : price.of(response.usage());
  }

  /** The price of the first of two models that has one; any row goes before the fallback's. */
  private @Nullable Price find(String provider, @Nullable String model, @Nullable String orModel) {
    PriceRow row = row(provider, model);
    if (row == null) {
      row = row(provider, orModel);
    }
    if (row != null) {
      return row.price();
    }
    return fallback == null ? null : fallback.find(provider, model, orModel);
  }

  private @Nullable PriceRow row(String provider, @Nullable String model) {
    PriceRow best = null;
    for (PriceRow row : rows) {
      if (model != null
          && row.matches(provider, model)
          && (best == null || row.isCloserThan(best))) {
        best = row;
      }
    }
    return best;
  }
}
