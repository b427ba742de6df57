/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static java.time.Duration.ZERO;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import io.github.llmcamel.testkit.ManualClock;
import io.github.llmcamel.testkit.RecordingObserver;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider of the table gets, byte for byte, for one and the same streamed request: the
 * file {@code presets.http} is the contract.
 */
class PresetContractTest {

  private static final Map<String, String> CONTRACT = contract();

  /** The base URLs that only the user knows. */
  private static final Map<String, URI> OF_THE_USER =
      Map.of(
          "azure_openai",
          URI.create("https://res.openai.azure.com/openai/v1"),
          "azure_ai_inference",
          URI.create("https://res.services.ai.azure.com/models?api-version=2024-05-01-preview"),
          "vertex_gemini",
          URI.create(
              "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/europe-west4"
                  + "/publishers/google"));

  private static final ChatRequest REQUEST =
      ChatRequest.builder()
          .model("m")
          .message(Message.system("Be brief."))
          .message(Message.user("Hi"))
          .sampling(
              new Sampling(null, null, null, 50, List.of("END"), null, null, null, null, null))
          .build();

  static Stream<String> names() {
    return Providers.all().stream().map(Provider::name);
  }

  @Test
  void everyProviderOfTheTableIsInTheContract() {
    assertThat(CONTRACT.keySet()).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void sendsWhatTheContractSays(String name) {
    assertThat(sent(Providers.find(name).orElseThrow())).isEqualTo(CONTRACT.get(name));
  }

  /** A provider of one's own is as little as one in the table. */
  @Test
  void aProviderThatIsBuiltInOneLineSendsTheSameAsOneOfTheTable() {
    Provider acme =
        Provider.builder("acme").baseUrl("https://llm.acme.example/v1").requiredKey("KEY").build();

    assertThat(sent(acme))
        .isEqualTo(
            Objects.requireNonNull(CONTRACT.get("openrouter"))
                .replace("openrouter.ai/api", "llm.acme.example")
                .replace("openrouter", "acme"));
  }

  private static String sent(Provider provider) {
    URI baseUrl =
        provider.baseUrl() == null ? OF_THE_USER.get(provider.name()) : provider.baseUrl();
    Destination destination =
        new Destination(provider, Objects.requireNonNull(baseUrl), new Secret("<key>"), Map.of());
    ManualClock clock = new ManualClock();
    FakeTransport transport = new FakeTransport();
    ModelClient client =
        new ModelClient(settings -> transport, transport, new Clockwork(clock, clock));
    Timeouts unlimited = new Timeouts(Duration.ofSeconds(1), ZERO, ZERO, ZERO, ZERO, ZERO);
    client.call(
        new ModelCall(
            REQUEST,
            Delivery.STREAMED,
            destination,
            new CallLimits(unlimited, 0, 0, 1),
            HttpSettings.DEFAULT),
        new RecordingObserver(),
        ending -> {});
    return text(transport.call(), provider);
  }

  private static String text(HttpCall call, Provider provider) {
    StringBuilder text = new StringBuilder();
    text.append("gen_ai.provider.name: ").append(provider.telemetryName()).append('\n');
    text.append(call.method()).append(' ').append(call.uri()).append('\n');
    new TreeMap<>(call.headers())
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append(new String(call.body(), StandardCharsets.UTF_8)).toString();
  }

  /** The blocks of the file by the name after their mark. */
  private static Map<String, String> contract() {
    try (InputStream file = PresetContractTest.class.getResourceAsStream("/presets.http")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^### ", -1))
          .skip(1)
          .map(block -> block.strip().split("\n", 2))
          .collect(toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
