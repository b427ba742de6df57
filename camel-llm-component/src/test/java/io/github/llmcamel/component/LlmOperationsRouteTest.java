/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.ModelInfo;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.testkit.RecordingObserver;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code operation=embeddings} and {@code operation=models} in routes, over real HTTP. */
class LlmOperationsRouteTest extends CamelTestSupport {

  private static final String ONE =
      "{\"data\":[{\"index\":0,\"embedding\":[0.5,-2]}],\"model\":\"m-1\","
          + "\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}";
  private static final String TWO =
      "{\"data\":[{\"index\":1,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}]}";

  @RegisterExtension
  static final WireMockExtension server =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final RecordingObserver observer = new RecordingObserver();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    return camel;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        String openai = "llm:vllm?apiKey=key-1&baseUrl=" + server.baseUrl() + "/v1";
        String ollama = "llm:ollama?baseUrl=" + server.baseUrl();
        String anthropic = "llm:anthropic?apiKey=key-1&baseUrl=" + server.baseUrl();
        String gemini = "llm:gemini?apiKey=key-1&baseUrl=" + server.baseUrl() + "/v1beta";
        String embeddings = "&model=m&operation=embeddings";
        from("direct:openai").to(openai + embeddings);
        from("direct:set").to(openai + embeddings + "&dimensions=64&user=u1&extra.truncate=true");
        from("direct:template").to(openai + embeddings + "&userMessage=query: ${body}");
        from("direct:response").to(openai + embeddings + "&outputFormat=response");
        from("direct:ollama").to(ollama + embeddings + "&extra.num_ctx=2048");
        from("direct:gemini").to(gemini + embeddings);
        from("direct:simulator").to("llm:simulator?model=demo&operation=embeddings");
        from("direct:models-openai").to(openai + "&operation=models");
        from("direct:models-ollama").to(ollama + "&operation=models");
        from("direct:models-anthropic").to(anthropic + "&operation=models");
        from("direct:models-gemini").to(gemini + "&operation=models");
        from("direct:models-simulator").to("llm:simulator?operation=models");
        from("direct:models-response").to(openai + "&operation=models&outputFormat=response");
      }
    };
  }

  @BeforeEach
  void answerEmbeddings() {
    server.stubFor(post("/v1/embeddings").willReturn(okJson(ONE)));
  }

  @Test
  void oneTextBecomesOneVector() {
    Exchange result = request("direct:openai", "Hi.");

    assertThat(result.getMessage().getBody(float[].class)).containsExactly(0.5f, -2);
    assertThat(result.getMessage().getHeaders())
        .containsEntry("CamelLlmProvider", "vllm")
        .containsEntry("CamelLlmRequestModel", "m")
        .containsEntry("CamelLlmResponseModel", "m-1")
        .containsEntry("CamelLlmInputTokens", 3L)
        .doesNotContainKeys(
            "CamelLlmOutputTokens",
            "CamelLlmResponseId",
            "CamelLlmFinishReason",
            "CamelLlmTimeToFirstToken");
    assertThat(result.getMessage().getHeader("CamelLlmDuration", Duration.class)).isPositive();
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/embeddings"))
            .withHeader("Authorization", equalTo("Bearer key-1"))
            .withRequestBody(equalToJson("{\"model\":\"m\",\"input\":[\"Hi.\"]}")));
    assertThat(observer.only().signals())
        .containsExactly("start", "headers", "sent", "head 200", "completed");
  }

  @Test
  void manyTextsBecomeAListInTheirOrderHoweverTheyCome() {
    server.stubFor(post("/v1/embeddings").willReturn(okJson(TWO)));
    List<Object> bodies =
        List.of(
            List.of("a", "b"),
            new String[] {"a", "b"},
            new LinkedHashSet<>(List.of("a", "b")),
            List.of(CharBuffer.wrap("a"), "b"));
    for (Object body : bodies) {
      assertThat(vectors(request("direct:openai", body)))
          .containsExactly(new float[] {1}, new float[] {2});
    }
    server.verify(
        bodies.size(),
        postRequestedFor(urlEqualTo("/v1/embeddings"))
            .withRequestBody(equalToJson("{\"model\":\"m\",\"input\":[\"a\",\"b\"]}")));
  }

  @Test
  void aListOfOneTextBecomesAListOfOneVector() {
    assertThat(vectors(request("direct:openai", List.of("Hi.")))).hasSize(1);
  }

  @Test
  void anEmptyListBecomesAnEmptyListWithoutACall() {
    Exchange result = request("direct:openai", List.of());

    assertThat(vectors(result)).isEmpty();
    server.verify(0, postRequestedFor(urlEqualTo("/v1/embeddings")));
    assertThat(observer.recordings()).isEmpty();
  }

  @Test
  void optionsAndExtrasAreSentAndHeadersWin() {
    request("direct:set", "Hi.");
    Exchange result =
        template.request(
            "direct:set",
            exchange -> {
              exchange.getMessage().setBody("Hi.");
              exchange.getMessage().setHeader("CamelLlmDimensions", "32");
              exchange.getMessage().setHeader("CamelLlmModel", "n");
            });

    for (String sent : List.of("'model':'m','dimensions':64", "'model':'n','dimensions':32")) {
      server.verify(
          1,
          postRequestedFor(urlEqualTo("/v1/embeddings"))
              .withRequestBody(
                  equalToJson(
                      "{%s,'input':['Hi.'],'user':'u1','truncate':true}"
                          .formatted(sent)
                          .replace('\'', '"'))));
    }
    assertThat(result.getMessage().getHeaders())
        .doesNotContainKeys("CamelLlmDimensions", "CamelLlmModel");
  }

  @Test
  void aTemplateMakesTheText() {
    Exchange result = request("direct:template", "cats");

    assertThat(result.getMessage().getBody()).isInstanceOf(float[].class);
    server.verify(
        postRequestedFor(urlEqualTo("/v1/embeddings"))
            .withRequestBody(equalToJson("{\"model\":\"m\",\"input\":[\"query: cats\"]}")));
  }

  @Test
  void theWholeResponseIsThereForWhoWantsIt() {
    assertThat(request("direct:response", "Hi.").getMessage().getBody())
        .isInstanceOfSatisfying(
            EmbeddingsResponse.class, response -> assertThat(response.model()).isEqualTo("m-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a,,b' | Element 1 of the body (counted from 0) is empty",
        "''     | The body is empty",
      })
  void anEmptyTextIsRefused(String texts, String problem) {
    Object body = texts.isEmpty() ? " " : Arrays.asList(texts.split(",", -1));

    assertThat(request("direct:openai", body).getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("vllm")
        .hasMessageContaining(problem);
    server.verify(0, postRequestedFor(urlEqualTo("/v1/embeddings")));
  }

  @Test
  void whatIsNoTextIsRefusedByItsPlace() {
    assertThat(request("direct:openai", Arrays.asList("a", 7)).getException())
        .hasMessageContaining("Element 1 of the body")
        .hasMessageContaining("java.lang.Integer")
        .hasMessageNotContaining("7");
    assertThat(request("direct:openai", Arrays.asList("a", null)).getException())
        .hasMessageContaining("Element 1 of the body (counted from 0) is null");
  }

  @ParameterizedTest
  @CsvSource({"0, it must be 1 or more", "many, cannot be read as Integer"})
  void aHeaderOutOfRangeIsRefused(String dimensions, String problem) {
    Exchange result =
        template.request(
            "direct:openai",
            exchange -> {
              exchange.getMessage().setBody("Hi.");
              exchange.getMessage().setHeader("CamelLlmDimensions", dimensions);
            });

    assertThat(result.getException())
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void failuresAreThoseOfEveryCall() {
    server.stubFor(
        post("/v1/embeddings")
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "2")));
    Exchange limited = request("direct:openai", "Hi.");
    server.stubFor(post("/v1/embeddings").willReturn(okJson("{\"data\":[]}")));
    Exchange incomplete = request("direct:openai", "Hi.");

    assertThat(limited.getException()).isInstanceOf(LlmRateLimitException.class);
    assertThat(limited.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(2_000L);
    assertThat(incomplete.getException()).isInstanceOf(LlmProtocolException.class);
    assertThat(incomplete.getMessage().getBody()).isEqualTo("Hi.");
  }

  @Test
  void ollamaIsAskedInItsOwnProtocol() {
    server.stubFor(
        post("/api/embed")
            .willReturn(okJson("{\"embeddings\":[[1],[2]],\"prompt_eval_count\":4}")));
    Exchange result = request("direct:ollama", List.of("a", "b"));

    assertThat(vectors(result)).containsExactly(new float[] {1}, new float[] {2});
    assertThat(result.getMessage().getHeader("CamelLlmInputTokens")).isEqualTo(4L);
    server.verify(
        postRequestedFor(urlEqualTo("/api/embed"))
            .withRequestBody(
                equalToJson(
                    "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"options\":{\"num_ctx\":2048}}")));
  }

  @Test
  void geminiIsAskedForOneTextAndForBatches() {
    server.stubFor(
        post("/v1beta/models/m:embedContent")
            .willReturn(okJson("{\"embedding\":{\"values\":[1]}}")));
    server.stubFor(
        post("/v1beta/models/m:batchEmbedContents")
            .willReturn(okJson("{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}]}")));

    assertThat(request("direct:gemini", "a").getMessage().getBody(float[].class))
        .containsExactly(1);
    assertThat(vectors(request("direct:gemini", List.of("a", "b"))))
        .containsExactly(new float[] {1}, new float[] {2});
    server.verify(
        postRequestedFor(urlEqualTo("/v1beta/models/m:embedContent"))
            .withHeader("x-goog-api-key", equalTo("key-1")));
  }

  @Test
  void theSimulatorPutsTextsThatShareWordsCloseTogether() {
    List<float[]> vectors =
        vectors(
            request(
                "direct:simulator",
                List.of("the cat sleeps", "the cat eats", "interest rates rise again")));

    assertThat(vectors)
        .allSatisfy(vector -> assertThat(product(vector, vector)).isCloseTo(1, within(1e-5)));
    assertThat(product(vectors.get(0), vectors.get(1)))
        .isGreaterThan(product(vectors.get(0), vectors.get(2)) + 0.2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "openai, /v1/models, {'data':[{'id':'a'}<>{'id':'b'}]}, Authorization, Bearer key-1",
        "ollama, /api/tags, {'models':[{'name':'a'}<>{'name':'b'}]}, Authorization, ",
        "anthropic, /v1/models, {'data':[{'id':'a'}<>{'id':'b'}]}, x-api-key, key-1",
        "gemini, /v1beta/models, {'models':[{'name':'models/a'}<>{'name':'b'}]}, x-goog-api-key, key-1",
      })
  void modelsAreListedInEveryProtocol(
      String protocol, String path, String answer, String header, @Nullable String key) {
    server.stubFor(get(path).willReturn(okJson(answer.replace("<>", ",").replace('\'', '"'))));
    Exchange result = request("direct:models-" + protocol, "whatever");

    assertThat(models(result)).extracting(ModelInfo::id).containsExactly("a", "b");
    assertThat(result.getMessage().getHeaders())
        .containsKeys("CamelLlmProvider", "CamelLlmDuration")
        .doesNotContainKeys("CamelLlmRequestModel", "CamelLlmInputTokens");
    server.verify(
        1,
        getRequestedFor(urlEqualTo(path))
            .withHeader(header, key == null ? absent() : equalTo(key)));
    assertThat(observer.recordings()).as("no model is called").isEmpty();
  }

  @Test
  void allPagesAreOneList() {
    server.stubFor(
        get("/v1/models")
            .willReturn(okJson("{\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}")));
    server.stubFor(
        get("/v1/models?after_id=a")
            .willReturn(okJson("{\"data\":[{\"id\":\"b\"}],\"has_more\":false}")));

    assertThat(models(request("direct:models-anthropic", null)))
        .extracting(ModelInfo::id)
        .containsExactly("a", "b");
  }

  @Test
  void theSimulatorListsItsModel() {
    assertThat(models(request("direct:models-simulator", null)))
        .singleElement()
        .satisfies(
            model -> {
              assertThat(model.id()).isEqualTo("demo");
              assertThat(model.owner()).isEqualTo("simulator");
              assertThat(model.created()).isNull();
            });
  }

  @Test
  void theWholeListIsThereForWhoWantsIt() {
    server.stubFor(get("/v1/models").willReturn(okJson("[{\"id\":\"a\"}]")));

    assertThat(request("direct:models-response", Map.of()).getMessage().getBody())
        .isInstanceOf(ModelsResponse.class);
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static List<float[]> vectors(Exchange result) {
    assertThat(result.getException()).isNull();
    return ((List<?>) result.getMessage().getBody()).stream().map(float[].class::cast).toList();
  }

  private static List<ModelInfo> models(Exchange result) {
    assertThat(result.getException()).isNull();
    return ((List<?>) result.getMessage().getBody()).stream().map(ModelInfo.class::cast).toList();
  }

  private Exchange request(String endpoint, @Nullable Object body) {
    return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
  }
}
