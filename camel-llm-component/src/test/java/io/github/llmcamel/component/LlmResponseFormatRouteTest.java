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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.testkit.WholeAnswers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the options responseFormat and jsonSchema send in each protocol, over real HTTP. */
class LlmResponseFormatRouteTest extends CamelTestSupport {

  private static final String SCHEMA =
      "{\"title\":\"An invoice\",\"type\":\"object\","
          + "\"properties\":{\"total\":{\"type\":\"number\"},\"due\":{\"type\":\"string\"}}}";

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]";

  private static final String OPENAI = WholeAnswers.openAi("{}");
  private static final String OLLAMA = WholeAnswers.ollama("{}");
  private static final String ANTHROPIC = WholeAnswers.anthropic("{}");

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        for (String provider : List.of("openai", "ollama", "anthropic")) {
          String llm = "llm:%s?model=m&apiKey=k&baseUrl=%s".formatted(provider, server.baseUrl());
          from("direct:schema-" + provider).to(llm + "&jsonSchema=RAW(" + SCHEMA + ")");
          from("direct:json-" + provider).to(llm + "&responseFormat=json");
          from("direct:text-" + provider).to(llm + "&responseFormat=text");
        }
        from("direct:simulator").to("llm:simulator?model=demo&jsonSchema=RAW(" + SCHEMA + ")");
      }
    };
  }

  @Test
  void openAiGetsTheNamedSchema() {
    assertThat(sent("direct:schema-openai", OPENAI))
        .isEqualTo(
            "{\"model\":\"m\",%s,\"response_format\":{\"type\":\"json_schema\",".formatted(MESSAGES)
                + "\"json_schema\":{\"name\":\"Aninvoice\",\"schema\":%s}}}".formatted(SCHEMA));
  }

  @Test
  void ollamaGetsTheSchemaAsFormat() {
    assertThat(sent("direct:schema-ollama", OLLAMA))
        .isEqualTo(
            "{\"model\":\"m\",%s,\"stream\":false,\"format\":%s}".formatted(MESSAGES, SCHEMA));
  }

  @Test
  void anthropicGetsTheSchemaAsFormatOfTheOutput() {
    assertThat(sent("direct:schema-anthropic", ANTHROPIC))
        .isEqualTo(
            "{\"model\":\"m\",%s,\"max_tokens\":4096,".formatted(MESSAGES)
                + "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":%s}}}"
                    .formatted(SCHEMA));
  }

  @Test
  void jsonWithoutASchemaIsAskedForWhereTheProtocolKnowsIt() {
    assertThat(sent("direct:json-openai", OPENAI))
        .endsWith(",\"response_format\":{\"type\":\"json_object\"}}");
    assertThat(sent("direct:json-ollama", OLLAMA)).endsWith(",\"format\":\"json\"}");
    assertThatThrownBy(() -> template.requestBody("direct:json-anthropic", "Hi."))
        .cause()
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("Set the option jsonSchema");
  }

  @Test
  void textIsSaidWhereTheProtocolHasAWordForIt() {
    assertThat(sent("direct:text-openai", OPENAI))
        .endsWith(",\"response_format\":{\"type\":\"text\"}}");
    assertThat(sent("direct:text-ollama", OLLAMA)).doesNotContain("format");
    assertThat(sent("direct:text-anthropic", ANTHROPIC)).doesNotContain("output_config");
  }

  @Test
  void aRequestAsBodyGoesBeforeTheOptions() {
    Map<String, Object> json = Map.of("type", "json_object");
    ChatRequest request =
        ChatRequest.of("Hi.").toBuilder().extras(Map.of("response_format", json)).build();
    Map<String, Object> openAi =
        Map.of(
            "messages", List.of(Map.of("role", "user", "content", "Hi.")), "response_format", json);

    for (Object body : List.of(request, openAi)) {
      assertThat(sent("direct:schema-openai", body, OPENAI))
          .endsWith(",\"response_format\":{\"type\":\"json_object\"}}");
    }
  }

  @Test
  void theSimulatorAnswersWithTheFieldsOfTheSchema() throws IOException {
    JsonNode answer =
        new ObjectMapper()
            .readTree(
                template.requestBody(
                    "direct:simulator", "Total: 12.50 EUR. Due: 2024-03-01.", String.class));

    assertThat(answer.fieldNames()).toIterable().containsExactly("total", "due");
    assertThat(answer.path("total").doubleValue()).isEqualTo(12.5);
    assertThat(answer.path("due").textValue()).isEqualTo("2024-03-01");
  }

  private String sent(String endpoint, String answer) {
    return sent(endpoint, "Hi.", answer);
  }

  private String sent(String endpoint, Object body, String answer) {
    server.stubFor(post(anyUrl()).willReturn(okJson(answer)));
    assertThat(template.requestBody(endpoint, body)).isEqualTo("{}");
    return server.getAllServeEvents().get(0).getRequest().getBodyAsString();
  }
}
