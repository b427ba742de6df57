/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.price;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.provider.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTableTest {

  private static final String HEADER =
      "provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source\n";
  private static final String REST = ",EUR,2026-01-31,https://acme.example/prices\n";

  @Test
  void tokensCostWhatTheirKindCosts() {
    PriceTable table = table("acme,m,2,0.5,2.5,8" + REST);

    assertThat(cost(table, "m", usage(1_000_000L, 500_000L, 200_000L, 100_000L)))
        .isEqualTo("5.75 EUR");
  }

  @Test
  void whatComesFromTheCacheCostsAsOtherInputIfTheTableSaysNothingElse() {
    PriceTable table = table("acme,m,2,,,8" + REST);

    assertThat(cost(table, "m", usage(1_000L, 0L, 500L, 500L))).isEqualTo("0.002 EUR");
  }

  @Test
  void amountsAreExact() {
    PriceTable table = table("acme,m,0.1,,,0.2" + REST);

    assertThat(cost(table, "m", usage(3L, 1L, null, null))).isEqualTo("0.0000005 EUR");
  }

  @Test
  void tokensThatNobodyHasCountedHaveNoCost() {
    PriceTable table = table("acme,m,2,,,8" + REST);

    assertThat(cost(table, "m", Usage.UNKNOWN)).isNull();
    assertThat(cost(table, "m", usage(1L, null, null, null))).isNull();
    assertThat(cost(table, "m", usage(null, 1L, null, null))).isNull();
  }

  @Test
  void aModelWithoutOutputNeedsNoPriceOfIt() {
    PriceTable table = table("acme,m,2,,," + REST);

    assertThat(cost(table, "m", usage(1_000L, null, null, null))).isEqualTo("0.002 EUR");
    assertThat(cost(table, "m", usage(1_000L, 1L, null, null))).isNull();
  }

  @Test
  void whatIsNotInTheTableHasNoPrice() {
    PriceTable table = table("acme,m,2,,,8" + REST);

    assertThat(table.find("acme", "n")).isNull();
    assertThat(table.find("acme", null)).isNull();
    assertThat(table.find("other", "m")).isNull();
    assertThat(PriceTable.EMPTY.find("acme", "m")).isNull();
  }

  @Test
  void aPriceThatIsZeroIsAPrice() {
    PriceTable table = table("acme,m,0,,,0" + REST);

    assertThat(cost(table, "m", usage(1L, 1L, null, null))).isEqualTo("0 EUR");
  }

  @ParameterizedTest
  @CsvSource({"m-1, 1", "m-12, 3", "m-123, 4", "m-1234, 3", "m-2, 2", "n, "})
  void theExactNameGoesBeforeTheLongestBeginning(String model, @Nullable Integer input) {
    PriceTable table =
        table(
            "acme,m-1,1,,,1" + REST,
            "acme,m-*,2,,,1" + REST,
            "acme,m-12*,3,,,1" + REST,
            "acme,m-123,4,,,1" + REST);

    Price price = table.find("acme", model);
    assertThat(price == null ? null : price.input().intValue()).isEqualTo(input);
  }

  @Test
  void theModelThatHasAnsweredGoesBeforeTheOneThatWasAskedFor() {
    PriceTable table = table("acme,asked,1,,," + REST, "acme,answered,2,,," + REST);

    assertThat(price(table, "asked", "answered")).isEqualTo(2);
    assertThat(price(table, "asked", "asked-2026-01-31")).isEqualTo(1);
    assertThat(price(table, "asked", null)).isEqualTo(1);
  }

  @Test
  void everyRowOfOnesOwnGoesBeforeTheShippedOnes() {
    PriceTable own = table("acme,m*,9,,," + REST);
    PriceTable table = own.orElse(table("acme,m-1,1,,," + REST, "acme,n,2,,," + REST));

    assertThat(price(table, "m", "m-1")).isEqualTo(9);
    assertThat(price(table, "mine", "n")).isEqualTo(9);
    assertThat(price(table, "x", "n")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme,m,x,,,8,EUR,2026-01-31,https://a.example/ | column input is 'x'; it must be the price",
        "acme,m,-1,,,8,EUR,2026-01-31,https://a.example/ | column input is '-1'; it must be the price",
        "acme,m,,,,8,EUR,2026-01-31,https://a.example/ | column input is ''; it must not be empty",
        "acme,m,2,,,8,Euro,2026-01-31,https://a.example/ | column currency is 'Euro'; it must be a code",
        "acme,m,2,,,8,EUR,31.1.2026,https://a.example/ | column date is '31.1.2026'; it must be a date",
        "acme,m,2,,,8,EUR,2026-01-31,a page | column source is 'a page'; it must be the URL",
        "acme,m*n,2,,,8,EUR,2026-01-31,https://a.example/ | column model is 'm*n'; a * may only stand",
        ",m,2,,,8,EUR,2026-01-31,https://a.example/ | column provider is ''; it must not be empty",
        "acme,m,2,8 | it has 4 fields; give all of provider,model,input",
      })
  void aBadRowSaysWhereItIsAndWhatIsWrong(String row, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceTable.parse("my.csv", "# mine\n\n" + HEADER + row))
        .withMessageStartingWith("my.csv, line 4")
        .withMessageContaining(problem);
  }

  @Test
  void aModelHasOneRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table("acme,m,1,,,1" + REST, "acme,m,2,,,2" + REST))
        .withMessageContaining("line 3, column model is 'm'; the same provider and model stand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme,m,2,,,8,EUR,2026-01-31,https://a.example/", "provider,model,price"})
  void theFirstLineNamesTheColumns(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceTable.parse("my.csv", line))
        .withMessageStartingWith("my.csv, line 1: it must be the names of the columns, provider,");
  }

  @Test
  void everyShippedRowHasAProviderThatIsKnownAndWasTrueOnce() throws IOException {
    List<PriceRow> rows;
    try (InputStream csv =
        requireNonNull(PriceTable.class.getResourceAsStream("prices.csv"), "prices.csv")) {
      rows =
          new PriceFile("prices.csv").read(new String(csv.readAllBytes(), StandardCharsets.UTF_8));
    }

    assertThat(rows)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            row -> {
              assertThat(Providers.find(row.provider())).as(row.provider()).isPresent();
              assertThat(row.provider())
                  .isNotIn("ollama", "ollama_compat", "vllm", "llamacpp", "lmstudio", "simulator");
              assertThat(row.price().source().getScheme()).isEqualTo("https");
              assertThat(row.price().date()).isBeforeOrEqualTo(LocalDate.now(ZoneOffset.UTC));
            });
    assertThat(rows)
        .isSortedAccordingTo(
            (a, b) ->
                a.provider().equals(b.provider())
                    ? a.model().compareTo(b.model())
                    : a.provider().compareTo(b.provider()));
  }

  @Test
  void theShippedTableKnowsADatedVersionAndNoModelThatMerelyBeginsAlike() {
    PriceTable table = PriceTable.shipped();

    assertThat(table.find("openai", "gpt-4o-mini-2024-07-18"))
        .isEqualTo(table.find("openai", "gpt-4o-mini"))
        .isNotNull();
    assertThat(table.find("openai", "gpt-4o-audio-preview")).isNull();
  }

  private static PriceTable table(String... rows) {
    return PriceTable.parse("my.csv", HEADER + String.join("", rows));
  }

  private static Usage usage(
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long cached,
      @Nullable Long cacheWrites) {
    return new Usage(input, output, cached, cacheWrites, null, null);
  }

  private static @Nullable String cost(PriceTable table, String model, Usage usage) {
    Cost cost = table.cost("acme", model, new EmbeddingsResponse(null, List.of(), usage));
    return cost == null ? null : cost.toString();
  }

  /** What a million tokens of input cost. */
  private static int price(PriceTable table, String asked, @Nullable String answered) {
    Usage million = usage(1_000_000L, null, null, null);
    EmbeddingsResponse answer = new EmbeddingsResponse(answered, List.of(), million);
    return requireNonNull(table.cost("acme", asked, answer)).amount().intValueExact();
  }
}
