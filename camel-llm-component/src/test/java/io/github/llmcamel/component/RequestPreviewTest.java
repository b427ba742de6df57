/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call would send is known without sending it. */
class RequestPreviewTest extends CamelTestSupport {

  private static final String PROMPT = "&systemMessage=Sort ${variable.kind}.";

  private final ScriptedLlmServer server = ScriptedLlmServer.start();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void namesWhoWouldBeAskedForHowMuchAndSendsNothing() throws Exception {
    RequestPreview preview = preview("&maxTokens=7", "mail", "Dear all");

    assertThat(preview.provider()).isEqualTo("vllm");
    assertThat(preview.model()).isEqualTo("m");
    assertThat(preview.maxTokens()).isEqualTo(7);
    assertThat(preview.bytes()).isGreaterThan("Dear all".length());
    assertThat(preview.sha256()).matches("[0-9a-f]{64}");
    assertThat(server.isUnvisited()).isTrue();
  }

  @Test
  void isTheSameForTheSameQuestionHoweverTheAnswerTravels() throws Exception {
    assertThat(preview(PROMPT + "&streamMode=aggregate&apiKey=other&idleTimeout=7000", "mail", "x"))
        .isEqualTo(preview(PROMPT, "mail", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&temperature=0.5", "&maxTokens=9", "&extra.num_ctx=4", "&user=u"})
  void tellsApartByParameters(String option) throws Exception {
    assertThat(preview(PROMPT + option, "mail", "x").sha256())
        .isNotEqualTo(preview(PROMPT, "mail", "x").sha256());
  }

  @Test
  void tellsApartByTheBodyByWhatPromptsComeToAndByModel() throws Exception {
    String one = preview(PROMPT, "mail", "x").sha256();

    assertThat(preview(PROMPT, "mail", "y").sha256()).isNotEqualTo(one);
    assertThat(preview(PROMPT, "letters", "x").sha256()).isNotEqualTo(one);
    Exchange exchange = exchange("mail", "x");
    exchange.getMessage().setHeader(LlmConstants.MODEL, "other");
    assertThat(endpoint(PROMPT).preview(exchange).sha256()).isNotEqualTo(one);
    assertThat(exchange.getMessage().getHeader(LlmConstants.MODEL)).isEqualTo("other");
  }

  @Test
  void failsAsTheCallWould() {
    Exchange exchange = exchange("mail", "x");
    exchange.getMessage().setHeader(LlmConstants.TEMPERATURE, "hot");

    assertThatThrownBy(() -> endpoint("").preview(exchange))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("CamelLlmTemperature");
  }

  private RequestPreview preview(String options, String kind, String body) throws LlmException {
    return endpoint(options).preview(exchange(kind, body));
  }

  private LlmEndpoint endpoint(String options) {
    return context.getEndpoint(
        "llm:vllm?model=m&baseUrl=" + server.url() + "/v1" + options, LlmEndpoint.class);
  }

  private Exchange exchange(String kind, String body) {
    Exchange exchange = new DefaultExchange(context);
    exchange.setVariable("kind", kind);
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
