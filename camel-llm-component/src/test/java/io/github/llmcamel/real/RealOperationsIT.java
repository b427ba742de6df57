/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.provider.Protocol;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers do besides chatting. */
class RealOperationsIT extends CamelTestSupport {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PROMPT = "Name three colours.";

  /** In Gemini's protocol LiteLLM does nothing but chat. */
  static List<RealServer> servers() {
    return RealServer.all().stream()
        .filter(server -> server.protocol() != Protocol.GEMINI)
        .toList();
  }

  /** Anthropic's protocol has no vectors. */
  static List<RealServer> serversOfVectors() {
    return servers().stream().filter(server -> server.protocol() != Protocol.ANTHROPIC).toList();
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    LlmComponent component = new LlmComponent();
    component.getConfiguration().setFirstByteTimeout(PATIENCE);
    created.addComponent("llm", component);
    return created;
  }

  @ParameterizedTest
  @MethodSource("serversOfVectors")
  void turnsATextIntoAVector(RealServer server) {
    Exchange exchange = ask(server, "operation=embeddings", PROMPT);

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(float[].class)).hasSizeGreaterThan(8);
    assertThat(exchange.getMessage().getHeader(LlmConstants.INPUT_TOKENS, Long.class)).isPositive();
  }

  /** Not against the vector of the text alone: llama.cpp b11549 gives it another one in company. */
  @ParameterizedTest
  @MethodSource("serversOfVectors")
  void keepsTheOrderOfTextsHoweverTheirVectorsAreWritten(RealServer server) {
    List<?> numbers = vectors(server, "", List.of("An elephant.", PROMPT));
    List<?> base64 =
        vectors(server, "&extra.encoding_format=base64", List.of(PROMPT, "An elephant."));

    assertThat((float[]) numbers.get(0)).containsExactly((float[]) base64.get(1), within(0.01f));
    assertThat((float[]) numbers.get(1)).containsExactly((float[]) base64.get(0), within(0.01f));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void listsItsModels(RealServer server) {
    Exchange exchange = ask(server, "operation=models", "");

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(List.class).toString())
        .contains("id=" + server.model());
  }

  private List<?> vectors(RealServer server, String options, List<String> texts) {
    Exchange exchange = ask(server, "operation=embeddings" + options, texts);
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(List.class);
  }

  private Exchange ask(RealServer server, String options, Object body) {
    context.getComponent("llm", LlmComponent.class).setProviders(server.providers());
    String model = options.endsWith("models") ? "" : "&model=" + server.model();
    return template.request(
        "llm:%s?%s%s".formatted(server.name(), options, model),
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody(body);
        });
  }
}
