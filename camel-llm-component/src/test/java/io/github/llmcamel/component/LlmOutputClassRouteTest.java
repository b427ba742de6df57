/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmAnswerException;
import io.github.llmcamel.testkit.WholeAnswers;
import java.time.LocalDate;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers as objects in routes, in every protocol, over real HTTP. */
class LlmOutputClassRouteTest extends CamelTestSupport {

  /** What the routes below want to know. */
  public record Bill(double total, LocalDate due) {}

  private static final Bill BILL = new Bill(12.5, LocalDate.of(2024, 3, 1));

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"total\":{\"type\":\"number\"},"
          + "\"due\":{\"type\":\"string\",\"format\":\"date\"}},\"required\":[\"total\",\"due\"],"
          + "\"additionalProperties\":false}";

  private static final String TEXT = "{\\\"total\\\":12.5,\\\"due\\\":\\\"2024-03-01\\\"}";

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        bindToRegistry("billClass", Bill.class);
        String bill = "&outputClass=" + Bill.class.getName();
        for (String provider : List.of("openai", "ollama", "anthropic")) {
          from("direct:" + provider).to(llm(provider) + bill);
        }
        from("direct:bean").to(llm("openai") + "&outputClass=#bean:billClass");
        from("direct:json").to(llm("openai") + bill + "&responseFormat=json");
        from("direct:own").to(llm("openai") + bill + "&jsonSchema=RAW({\"title\":\"Mine\"})");
        from("direct:simulator").to("llm:simulator?model=demo&streamMode=aggregate" + bill);
      }
    };
  }

  private static String llm(String provider) {
    return "llm:%s?model=m&apiKey=k&baseUrl=%s".formatted(provider, server.baseUrl());
  }

  @Test
  void everyProtocolIsAskedForTheClassAndAnswersWithIt() {
    assertThat(body("direct:openai", WholeAnswers.openAi(TEXT))).isEqualTo(BILL);
    assertThat(sent())
        .contains("\"json_schema\":{\"name\":\"Bill\",\"schema\":%s}".formatted(SCHEMA));
    assertThat(body("direct:ollama", WholeAnswers.ollama(TEXT))).isEqualTo(BILL);
    assertThat(sent()).contains("\"format\":" + SCHEMA);
    assertThat(body("direct:anthropic", WholeAnswers.anthropic(TEXT))).isEqualTo(BILL);
    assertThat(sent())
        .contains("\"format\":{\"type\":\"json_schema\",\"schema\":%s}".formatted(SCHEMA));
  }

  @Test
  void theClassMayBeABean() {
    assertThat(body("direct:bean", WholeAnswers.openAi(TEXT))).isEqualTo(BILL);
  }

  @Test
  void anotherFormMayBeAskedFor() {
    assertThat(body("direct:json", WholeAnswers.openAi(TEXT))).isEqualTo(BILL);
    assertThat(sent()).contains("\"response_format\":{\"type\":\"json_object\"}");
    assertThat(body("direct:own", WholeAnswers.openAi(TEXT))).isEqualTo(BILL);
    assertThat(sent()).contains("\"name\":\"Mine\",\"schema\":{\"title\":\"Mine\"}");
  }

  @Test
  void aMismatchFailsTheExchangeAndKeepsTheAnswer() {
    server.stubFor(post(anyUrl()).willReturn(okJson(WholeAnswers.openAi("Sorry."))));

    Exchange result = template.request("direct:openai", e -> e.getMessage().setBody("Hi."));

    assertThat(result.getException())
        .isInstanceOfSatisfying(
            LlmAnswerException.class,
            failure -> {
              assertThat(failure).hasMessageContaining("it is no JSON object");
              assertThat(failure.getResponseBody()).isEqualTo("Sorry.");
            });
    assertThat(result.getMessage().getBody()).isEqualTo("Hi.");
  }

  @Test
  void theSimulatorFillsTheClassFromTheText() {
    assertThat(template.requestBody("direct:simulator", "Total: 12.50 EUR. Due: 2024-03-01."))
        .isEqualTo(BILL);
  }

  private Object body(String endpoint, String answer) {
    server.stubFor(post(anyUrl()).willReturn(okJson(answer)));
    return template.requestBody(endpoint, "Hi.");
  }

  private static String sent() {
    return server.getAllServeEvents().get(0).getRequest().getBodyAsString();
  }
}
