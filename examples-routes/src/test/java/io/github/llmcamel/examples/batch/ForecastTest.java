/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import io.github.llmcamel.examples.stages.CallEstimate;
import io.github.llmcamel.price.PriceTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static final String PRICES =
      """
      provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
      acme,large,1,,,2,EUR,2026-01-01,https://acme.example/prices
      openai,small,1,,,2,USD,2026-01-01,https://example.org/prices
      """;

  private final CallEstimate estimate = new CallEstimate(() -> PriceTable.parse("test", PRICES));

  @Test
  void eachCurrencyIsForItselfAndWhatHasNoPriceIsNamed() {
    call("acme", "large", 500);
    call("openai", "small", 1000);
    call("vllm", "m", 500);

    assertThat(forecast())
        .contains(
            "3 calls to be made",
            "About 3,000 input and 300 output tokens, at most 2,000 output tokens.",
            "Cost: about 0.0012 EUR + 0.0012 USD + unknown,"
                + " at most 0.002 EUR + 0.003 USD + unknown.",
            "Without a price: vllm m.");
  }

  @Test
  void nothingIsTheMostOfCallsWithoutALimit() {
    call("acme", "large", 500);
    call("acme", "large", null);

    assertThat(forecast())
        .contains(
            "About 2,000 input and 200 output tokens.",
            "Cost: about 0.0024 EUR.",
            "What it is at most, nobody knows: 1 calls have no max-tokens.");
  }

  @Test
  void aCallThatIsNotMadeIsNoCall() {
    Objects.requireNonNull(estimate.enter(request("acme", "large", 500)))
        .leave(Spending.time(0), new IllegalStateException());

    assertThat(forecast()).contains("0 calls to be made");
  }

  @Test
  void noCallsCostNothing() {
    assertThat(forecast())
        .contains(
            "About 0 input and 0 output tokens, at most 0 output tokens.",
            "Cost: about 0, at most 0.");
  }

  @Test
  void whatFailedBeforeIsNoCall() {
    Totals totals = new Totals();
    totals.add(DocumentResults.failed("a", "no", Map.of()));

    assertThat(forecast(totals)).contains("1 documents, 1 of them unreadable or failed before;");
  }

  /** A thousand tokens of input and a hundred of output. */
  private void call(String provider, String model, @Nullable Integer maxTokens) {
    Objects.requireNonNull(estimate.enter(request(provider, model, maxTokens)))
        .leave(new Spending(1000L, 100L, null, null, 1, null), null);
  }

  private static RequestPreview request(
      String provider, String model, @Nullable Integer maxTokens) {
    return new RequestPreview(provider, model, maxTokens, 4000, "h");
  }

  private String forecast() {
    return forecast(new Totals());
  }

  private String forecast(Totals totals) {
    StringWriter text = new StringWriter();
    Forecast.print(new PrintWriter(text), estimate, totals);
    return text.toString();
  }
}
