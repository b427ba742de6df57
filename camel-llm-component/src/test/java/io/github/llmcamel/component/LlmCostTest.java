/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.util.json.Jsonable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call costs, as a route sees it. */
class LlmCostTest extends CamelTestSupport {

  private static final String HEADER =
      "provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source\n";

  @TempDir private static Path folder;

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created.setDevConsole(true);
    LlmComponent component = new LlmComponent();
    component.setPriceTable(
        table("simulator,demo,1000000,,,2000000,EUR,2026-01-31,https://acme.example/prices\n"));
    created.addComponent("llm", component);
    return created;
  }

  @Test
  void anAnswerSaysWhatItCost() {
    Message answer = answer("llm:simulator?model=demo");

    assertThat(answer.getHeader(LlmConstants.COST)).isEqualTo(millionfold(answer));
    assertThat(answer.getHeader(LlmConstants.COST_CURRENCY)).isEqualTo("EUR");
  }

  @Test
  void aModelWithoutAPriceCostsNothingThatIsKnown() {
    assertThat(answer("llm:simulator?model=other").getHeaders())
        .doesNotContainKeys(LlmConstants.COST, LlmConstants.COST_CURRENCY);
  }

  @Test
  void aCallRemovesTheCostOfTheOneBefore() {
    Message answer =
        template
            .request(
                "llm:simulator?model=other",
                exchange -> {
                  exchange.getMessage().setBody("Hello");
                  exchange.getMessage().setHeader(LlmConstants.COST, BigDecimal.ONE);
                })
            .getMessage();

    assertThat(answer.getHeaders()).doesNotContainKey(LlmConstants.COST);
  }

  @Test
  void aLiveAnswerTellsAtItsEnd() {
    LlmStream<?> stream = answer("llm:simulator?model=demo&stream=true").getBody(LlmStream.class);
    while (stream.hasNext()) {
      stream.next();
    }

    assertThat(stream.getCost())
        .satisfies(
            cost -> {
              assertThat(requireNonNull(cost).currency().getCurrencyCode()).isEqualTo("EUR");
              assertThat(cost.amount()).isPositive();
            });
  }

  @Test
  void theConsoleAddsUpWhatAModelCosts() throws Exception {
    BigDecimal one =
        answer("llm:simulator?model=demo").getHeader(LlmConstants.COST, BigDecimal.class);
    answer("llm:simulator?model=demo");
    String sum = one.multiply(BigDecimal.valueOf(2)).toPlainString();
    DevConsole console =
        context
            .getCamelContextExtension()
            .getContextPlugin(DevConsoleRegistry.class)
            .resolveById("llm");

    assertThat(console.call(DevConsole.MediaType.TEXT, Map.of()).toString())
        .contains("Cost: " + sum + " EUR");
    assertThat(
            new JsonMapper()
                .readTree(((Jsonable) console.call(DevConsole.MediaType.JSON, Map.of())).toJson())
                .at("/groups/0/costs/EUR")
                .decimalValue())
        .isEqualByComparingTo(sum);
  }

  @Test
  void aBadTableStopsTheStartAndSaysWhere() throws Exception {
    String bad = table("simulator,demo,much,,,1,EUR,2026-01-31,https://acme.example/prices\n");
    try (DefaultCamelContext broken = new DefaultCamelContext()) {
      LlmComponent component = new LlmComponent();
      component.setPriceTable(bad);
      broken.addComponent("llm", component);

      assertThatThrownBy(broken::start)
          .hasStackTraceContaining(
              bad + ", line 2, column input is 'much'; it must be the price of a million tokens");
    }
  }

  @Test
  void aTableThatIsNotThereStopsTheStart() throws Exception {
    try (DefaultCamelContext broken = new DefaultCamelContext()) {
      LlmComponent component = new LlmComponent();
      component.setPriceTable("classpath:none.csv");
      broken.addComponent("llm", component);

      assertThatThrownBy(broken::start)
          .hasStackTraceContaining(
              "The resource 'classpath:none.csv' of the option priceTable cannot be read.");
    }
  }

  private static BigDecimal millionfold(Message answer) {
    long input = answer.getHeader(LlmConstants.INPUT_TOKENS, Long.class);
    long output = answer.getHeader(LlmConstants.OUTPUT_TOKENS, Long.class);
    return BigDecimal.valueOf(input + 2 * output).stripTrailingZeros();
  }

  private Message answer(String uri) {
    return template.request(uri, exchange -> exchange.getMessage().setBody("Hello")).getMessage();
  }

  private static String table(String rows) throws IOException {
    return "file:"
        + Files.writeString(Files.createTempFile(folder, "prices", ".csv"), HEADER + rows);
  }
}
