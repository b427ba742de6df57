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
import io.github.llmcamel.component.ProviderOptions;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.testkit.RecordingObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
 * The same calls at every real server whose base URL is in the environment: {@code OLLAMA_BASE_URL}
 * and {@code LLAMACPP_BASE_URL} (which ends in {@code /v1}; the server speaks Anthropic's protocol
 * as well). {@code OLLAMA_MODEL} and {@code LLAMACPP_MODEL} name the model, {@code smollm2} if
 * unset. Nothing depends on what a model says, only on that it says something.
 */
class RealServersIT extends CamelTestSupport {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RecordingObserver observer = new RecordingObserver();

  private record Server(String name, Protocol protocol, String baseUrl, String model) {
    @Override
    public String toString() {
      return name + " in " + protocol;
    }
  }

  static List<Server> servers() {
    return Stream.of(
            server("ollama", "OLLAMA", Protocol.OLLAMA),
            server("ollama", "OLLAMA", Protocol.ANTHROPIC),
            server("llamacpp", "LLAMACPP", Protocol.OPENAI),
            server("llamacpp", "LLAMACPP", Protocol.ANTHROPIC))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable Server server(String name, String prefix, Protocol protocol) {
    String url = System.getenv(prefix + "_BASE_URL");
    String model = System.getenv().getOrDefault(prefix + "_MODEL", "smollm2");
    return url == null ? null : new Server(name, protocol, url, model);
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext created = super.createCamelContext();
    created.getRegistry().bind("observer", (ExchangeObserver) exchange -> observer);
    LlmComponent component = new LlmComponent();
    component.setProviders(
        Map.of("ollama", new ProviderOptions(), "llamacpp", new ProviderOptions()));
    component.getConfiguration().setFirstByteTimeout(PATIENCE);
    component.getConfiguration().setIdleTimeout(PATIENCE);
    created.addComponent("llm", component);
    return created;
  }

  @Test
  void thereIsAServerToAsk() {
    assertThat(servers()).as("set OLLAMA_BASE_URL or LLAMACPP_BASE_URL").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersAsAWhole(Server server) {
    Exchange exchange = ask(server, "maxTokens=8&temperature=0");

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(String.class)).isNotBlank();
    assertThat(exchange.getMessage().getHeader(LlmConstants.FINISH_REASON)).isIn("length", "stop");
    assertThat(exchange.getMessage().getHeader(LlmConstants.INPUT_TOKENS, Long.class)).isPositive();
    assertThat(exchange.getMessage().getHeader(LlmConstants.OUTPUT_TOKENS, Long.class))
        .isBetween(1L, 8L);
    assertThat(exchange.getMessage().getHeaders())
        .doesNotContainKey(LlmConstants.TIME_TO_FIRST_TOKEN);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersInAStreamThatIsAggregated(Server server) {
    Exchange exchange = ask(server, "maxTokens=8&streamMode=aggregate");

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody(String.class)).isNotBlank();
    assertThat(exchange.getMessage().getHeader(LlmConstants.FINISH_REASON)).isIn("length", "stop");
    assertThat(exchange.getMessage().getHeader(LlmConstants.OUTPUT_TOKENS, Long.class))
        .isBetween(1L, 8L);
    assertThat(exchange.getMessage().getHeader(LlmConstants.TIME_TO_FIRST_TOKEN, Duration.class))
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersLive(Server server) throws IOException {
    Exchange exchange = ask(server, "maxTokens=8&streamMode=live");

    try (LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class)) {
      List<Object> pieces = new ArrayList<>();
      stream.forEachRemaining(pieces::add);
      ChatResponse response = Objects.requireNonNull(stream.getResponse());
      assertThat(String.join("", pieces.stream().map(String::valueOf).toList()))
          .isNotBlank()
          .isEqualTo(response.text());
      assertThat(response.usage().outputTokens()).isBetween(1L, 8L);
    }
    assertThat(observer.only().signals()).endsWith("completed");
  }

  /** Anthropic's protocol has no place for them. */
  @ParameterizedTest
  @MethodSource("servers")
  void tellsItsOwnTimesInTheProtocolsThatHaveThem(Server server) {
    for (String mode : List.of("", "&streamMode=aggregate")) {
      Exchange exchange = ask(server, "maxTokens=8&outputFormat=response" + mode);

      ServerTiming timing = exchange.getMessage().getBody(ChatResponse.class).serverTiming();
      Duration call = exchange.getMessage().getHeader(LlmConstants.DURATION, Duration.class);
      if (server.protocol() == Protocol.ANTHROPIC) {
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
  void answersInTheFormOfASchemaInTheProtocolsThatHonourIt(Server server) throws IOException {
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
  void stopsWhenTheStreamIsClosed(Server server) {
    Exchange exchange = ask(server, "maxTokens=2000&streamMode=live");

    LlmStream<?> stream = exchange.getMessage().getBody(LlmStream.class);
    stream.next();
    stream.close();

    await().until(() -> observer.only().signals().contains("cancelled CLOSED_BY_CONSUMER"));
  }

  @Test
  void ollamaRefusesAModelItDoesNotHave() {
    Assumptions.assumeTrue(System.getenv("OLLAMA_BASE_URL") != null, "OLLAMA_BASE_URL is not set");
    Server ollama = Objects.requireNonNull(server("ollama", "OLLAMA", Protocol.OLLAMA));
    Exchange exchange =
        ask(
            new Server("ollama", Protocol.OLLAMA, ollama.baseUrl(), "no-such-model"),
            "maxTokens=1");

    LlmRequestException failure = exchange.getException(LlmRequestException.class);
    assertThat(failure).hasMessageContaining("no-such-model").hasMessageContaining("Check model");
    assertThat(failure.getStatusCode()).isEqualTo(404);
  }

  private Exchange ask(Server server, String options) {
    ProviderOptions provider = new ProviderOptions();
    provider.setProtocol(server.protocol());
    provider.setBaseUrl(
        server.protocol() == Protocol.ANTHROPIC
            ? server.baseUrl().replaceFirst("/v1$", "")
            : server.baseUrl());
    context.getComponent("llm", LlmComponent.class).setProviders(Map.of(server.name(), provider));
    return template.request(
        "llm:%s?model=%s&%s".formatted(server.name(), server.model(), options),
        exchange -> {
          exchange.setPattern(ExchangePattern.InOut);
          exchange.getMessage().setBody("Name three colours.");
        });
  }
}
