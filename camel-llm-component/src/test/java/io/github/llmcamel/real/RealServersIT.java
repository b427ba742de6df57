/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.component.LlmComponent;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.testkit.RecordingObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same calls at every real server whose base URL is in the environment: {@code
 * OLLAMA_BASE_URL}, {@code LLAMACPP_BASE_URL} and {@code LITELLM_BASE_URL}, in each protocol it
 * speaks. {@code OLLAMA_MODEL} and the like name the model, {@code smollm2} if unset, and {@code
 * LITELLM_API_KEY} the key. Nothing depends on what a model says, only on that it says something.
 */
class RealServersIT extends CamelTestSupport {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RecordingObserver observer = new RecordingObserver();

  static List<RealServer> servers() {
    return RealServer.all();
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    LlmComponent component = new LlmComponent();
    component.getConfiguration().setFirstByteTimeout(PATIENCE);
    component.getConfiguration().setIdleTimeout(PATIENCE);
    created.addComponent("llm", component);
    return created;
  }

  @Test
  void thereIsAServerToAsk() {
    assertThat(servers())
        .as("set OLLAMA_BASE_URL, LLAMACPP_BASE_URL or LITELLM_BASE_URL")
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersAsAWhole(RealServer server) {
    Exchange exchange = ask(server, "maxTokens=8&temperature=0");

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(String.class)).isNotBlank();
    assertThat(exchange.getMessage().getHeader(LlmConstants.FINISH_REASON)).isIn("length", "stop");
    assertThat(exchange.getMessage().getHeader(LlmConstants.INPUT_TOKENS, Long.class)).isPositive();
    assertAtMostEight(
        server, false, exchange.getMessage().getHeader(LlmConstants.OUTPUT_TOKENS, Long.class));
    assertThat(exchange.getMessage().getHeaders())
        .doesNotContainKey(LlmConstants.TIME_TO_FIRST_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersInAStreamThatIsAggregated(RealServer server) {
    Exchange exchange = ask(server, "maxTokens=8&streamMode=aggregate");

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(String.class)).isNotBlank();
    assertThat(exchange.getMessage().getHeader(LlmConstants.FINISH_REASON)).isIn("length", "stop");
    assertAtMostEight(
        server, true, exchange.getMessage().getHeader(LlmConstants.OUTPUT_TOKENS, Long.class));
    assertThat(exchange.getMessage().getHeader(LlmConstants.TIME_TO_FIRST_TOKEN, Duration.class))
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersLive(RealServer server) throws IOException {
    Exchange exchange = ask(server, "maxTokens=8&streamMode=live");

    try (LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class)) {
      List<Object> pieces = new ArrayList<>();
      stream.forEachRemaining(pieces::add);
      ChatResponse response = Objects.requireNonNull(stream.getResponse());
      assertThat(String.join("", pieces.stream().map(String::valueOf).toList()))
          .isNotBlank()
          .isEqualTo(response.text());
      assertAtMostEight(server, true, response.usage().outputTokens());
    }
    assertThat(observer.only().signals()).endsWith("completed");
  }

  /**
   * Ollama's own protocol has a place for them; llama.cpp makes one in OpenAI's, which LiteLLM
   * passes on with whole answers.
   */
  private static boolean tellsTimes(RealServer server, boolean streamed) {
    return switch (server.name()) {
      case "ollama" -> server.protocol() == Protocol.OLLAMA;
      case "llamacpp" -> server.protocol() == Protocol.OPENAI;
      default -> server.protocol() == Protocol.OPENAI && !streamed;
    };
  }

  @ParameterizedTest
  @MethodSource("servers")
  void tellsItsOwnTimesInTheProtocolsThatHaveThem(RealServer server) {
    for (String mode : List.of("", "&streamMode=aggregate")) {
      Exchange exchange = ask(server, "maxTokens=8&outputFormat=response" + mode);

      ServerTiming timing = exchange.getMessage().getBody(ChatResponse.class).serverTiming();
      Duration call = exchange.getMessage().getHeader(LlmConstants.DURATION, Duration.class);
      if (!tellsTimes(server, !mode.isEmpty())) {
        assertThat(timing).isEqualTo(ServerTiming.UNKNOWN);
      } else {
        assertThat(timing.promptEvaluation()).isPositive().isLessThan(call);
        assertThat(timing.perOutputToken()).isPositive().isLessThan(call);
      }
    }
  }

  /** Neither server reads the schema in Anthropic's protocol, or says anything of it. */
  @ParameterizedTest
  @MethodSource("servers")
  void answersInTheFormOfASchemaInTheProtocolsThatHonourIt(RealServer server) throws IOException {
    Exchange exchange =
        ask(server, "maxTokens=100&temperature=0&jsonSchema=resource:classpath:person.json");

    assertThat(exchange.getException()).isNull();
    String answer = exchange.getMessage().getBody(String.class);
    if (server.protocol() == Protocol.ANTHROPIC) {
      assertThat(answer).isNotBlank().doesNotStartWith("{");
    } else {
      JsonNode person = new ObjectMapper().readTree(answer);
      assertThat(person.fieldNames()).toIterable().containsExactly("name", "city", "mood");
      assertThat(person.path("name").textValue()).hasSizeLessThanOrEqualTo(20);
      assertThat(person.path("city").textValue()).hasSizeLessThanOrEqualTo(20);
      assertThat(person.path("mood").textValue()).isIn("happy", "sad");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void stopsWhenTheStreamIsClosed(RealServer server) {
    Exchange exchange = ask(server, "maxTokens=2000&streamMode=live");

    LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class);
    stream.next();
    stream.close();

    await().until(() -> observer.only().signals().contains("cancelled CLOSED_BY_CONSUMER"));
  }

  @Test
  void ollamaRefusesAModelItDoesNotHave() {
    Assumptions.assumeTrue(System.getenv("OLLAMA_BASE_URL") != null, "OLLAMA_BASE_URL is not set");
    RealServer ollama = Objects.requireNonNull(RealServer.of("ollama", Protocol.OLLAMA));
    Exchange exchange = ask(ollama.withModel("no-such-model"), "maxTokens=1");

    LlmRequestException failure = exchange.getException(LlmRequestException.class);
    assertThat(failure).hasMessageContaining("no-such-model").hasMessageContaining("Check model");
    assertThat(failure.getStatusCode()).isEqualTo(404);
  }

  /**
   * LiteLLM loses the limit on the way from Anthropic's protocol, and in a stream of Gemini's
   * counts nothing, which is not 0.
   */
  private static void assertAtMostEight(
      RealServer server, boolean streamed, @Nullable Long outputTokens) {
    boolean isLiteLlm = server.name().equals("litellm");
    if (isLiteLlm && server.protocol() == Protocol.GEMINI && streamed) {
      assertThat(outputTokens).isNull();
    } else {
      boolean limited = !(isLiteLlm && server.protocol() == Protocol.ANTHROPIC);
      assertThat(outputTokens).isBetween(1L, limited ? 8L : Long.MAX_VALUE);
    }
  }

  private Exchange ask(RealServer server, String options) {
    context.getComponent("llm", LlmComponent.class).setProviders(server.providers());
    return template.request(
        "llm:%s?model=%s&%s".formatted(server.name(), server.model(), options),
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody("Name three colours.");
        });
  }
}
