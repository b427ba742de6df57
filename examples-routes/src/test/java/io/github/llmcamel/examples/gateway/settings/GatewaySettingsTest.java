/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.Authentication.Accepted;
import io.github.llmcamel.examples.gateway.access.NewKey;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {

  private static final String HASH = "0123456789abcdef".repeat(4);

  @Test
  void withoutPropertiesTheSimulatorAnswersForEveryModel() {
    GatewaySettings settings = read("");

    assertThat(settings.models().chainFor("gpt-4o")).hasToString("[llm:simulator]");
    assertThat(settings.keys().isEmpty()).isTrue();
    assertThat(settings.trustTrace()).isEqualTo(TrustTrace.AUTHENTICATED);
    assertThat(settings.status()).isEqualTo(StatusAccess.PRIVATE);
    assertThat(settings.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(settings.corsOrigins()).isEmpty();
  }

  @Test
  void modelsAreNamesAndPatternsWithChains() {
    GatewaySettings settings =
        read(
            """
            gateway.models[fast] = llm:groq?model=llama, llm:ollama?model=gemma3
            gateway.models[gemma3\\:4b] = llm:ollama
            gateway.models[claude-*] = llm:anthropic
            """);

    assertThat(settings.models().chainFor("fast"))
        .hasToString("[llm:groq, model llama, llm:ollama, model gemma3]");
    assertThat(settings.models().aliases()).containsExactly("fast", "gemma3:4b");
    assertThat(settings.models().chainFor("claude-x")).hasToString("[llm:anthropic]");
    assertThat(settings.models().chainFor("gpt-4o")).as("no default beside them").isEmpty();
  }

  @Test
  void aKeyHasModelsAndALimit() {
    NewKey key = NewKey.create("alice");
    GatewaySettings settings =
        read(
            """
            gateway.keys[alice].sha256 = %s
            gateway.keys[alice].models = fast, claude-*
            gateway.keys[alice].requests-per-minute = 60
            gateway.keys[bob].sha256 = %s
            """
                .formatted(key.sha256(), HASH));

    ApiKey alice = ((Accepted) settings.keys().authenticate("Bearer " + key.text())).key();
    assertThat(alice.requestsPerMinute()).isEqualTo(60);
    assertThat(alice.allows("claude-3")).isTrue();
    assertThat(alice.allows("gpt-4o")).isFalse();
    assertThat(settings.keys().ids()).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  void everythingElseCanBeSet() {
    GatewaySettings settings =
        read(
            """
            gateway.trust-trace = never
            gateway.status = PUBLIC
            gateway.max-body-bytes = 1024
            gateway.max-concurrent-requests = 2
            gateway.max-queued-requests = 0
            gateway.queue-timeout = 250ms
            gateway.receive-timeout = 20s
            gateway.client-idle-timeout = 2m
            gateway.keep-alive = 1s
            gateway.drain-timeout = {{env:NO_SUCH:1m30s}}
            gateway.cors-origins = https://a.example, http://localhost:3000
            camel.main.name = mine
            """);

    assertThat(settings.trustTrace()).isEqualTo(TrustTrace.NEVER);
    assertThat(settings.status()).isEqualTo(StatusAccess.PUBLIC);
    assertThat(settings.limits())
        .isEqualTo(
            new Limits(
                1024,
                2,
                0,
                Duration.ofMillis(250),
                Duration.ofSeconds(20),
                Duration.ofMinutes(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(90)));
    assertThat(settings.corsOrigins())
        .containsExactly("https://a.example", "http://localhost:3000");
  }

  @Test
  void valuesComeFromTheEnvironment() {
    assertThat(read("gateway.cors-origins = https://x{{env:PATH}}".replace("PATH", "NO_SUCH:y")))
        .extracting(GatewaySettings::corsOrigins)
        .hasToString("[https://xy]");
    assertMistake(
        "gateway.status = {{env:NO_SUCH_VARIABLE}}",
        "gateway.status: The environment variable NO_SUCH_VARIABLE is not set. Set it, or write"
            + " {{env:NO_SUCH_VARIABLE:default}}.");
    assertMistake(
        "gateway.status = {{other}}",
        "gateway.status: {{other}} cannot be replaced here. Write {{env:NAME}}, or the value"
            + " itself.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gateway.modles[a] = llm:x             | gateway.modles[a]: There is no such property.
          gateway.key[a].sha256 = x             | gateway.key[a].sha256: There is no such property.
          gateway.models[gemma3:4b] = llm:x     | gateway.models[gemma3: The name of a model stands in brackets
          gateway.models = llm:x                | gateway.models: The name of a model stands in brackets
          gateway.models[] = llm:x              | gateway.models[]: A model is a name
          gateway.models[a*b] = llm:x           | gateway.models[a*b]: A model is a name
          gateway.models[a] = ollama            | gateway.models[a]: A target is llm: and the name
          gateway.models[a] =                   | gateway.models[a]: A target is llm: and the name
          gateway.models[a] = llm:x?stream=true | gateway.models[a]: llm:x has the option stream,
          gateway.trust-trace = yes             | gateway.trust-trace: 'yes' is not one of authenticated, always, never.
          gateway.status =                      | gateway.status: '' is not one of private, public.
          gateway.max-body-bytes = 16M          | gateway.max-body-bytes: '16M' is no whole number from 1 to 1073741824.
          gateway.max-body-bytes = 1073741825   | gateway.max-body-bytes: '1073741825' is no whole number
          gateway.max-concurrent-requests = 0   | gateway.max-concurrent-requests: '0' is no whole number from 1
          gateway.max-queued-requests = -1      | gateway.max-queued-requests: '-1' is no whole number from 0
          gateway.queue-timeout = soon          | gateway.queue-timeout: 'soon' is no time from 1ms to 1d.
          gateway.queue-timeout = 0             | gateway.queue-timeout: '0' is no time
          gateway.queue-timeout = 5 s           | gateway.queue-timeout: '5 s' is no time
          gateway.keep-alive = 999ms            | gateway.keep-alive: '999ms' is no time from 1s to 5m.
          gateway.keep-alive = 301s             | gateway.keep-alive: '301s' is no time
          gateway.drain-timeout = 2d            | gateway.drain-timeout: '2d' is no time
          gateway.cors-origins = https://a/     | gateway.cors-origins: 'https://a/' is no origin.
          gateway.keys[alice].models = fast     | gateway.keys[alice].sha256 is missing.
          gateway.keys[alice].sha256 = ab       | gateway.keys[alice]: The hash of a key has 64
          gateway.keys[alice] = x               | gateway.keys[alice]: There is no such property.
          """)
  void aMistakeIsToldWithItsProperty(String line, String message) {
    assertMistake(line, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Alice", "-a", "a b", "", "a.b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void anIdThatAKeyCannotHaveIsAMistake(String id) {
    assertMistake(
        "gateway.keys[%s].sha256 = %s".formatted(id.replace(" ", "\\ "), HASH),
        "gateway.keys[%s]: The id of a key has 1 to 32 characters".formatted(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          requests-per-minute = 0 | gateway.keys[a].requests-per-minute: '0' is no whole number from 1
          models = a b            | gateway.keys[a].models: A model is a name
          models =                | gateway.keys[a].models: There is no model.
          rpm = 5                 | gateway.keys[a].rpm: There is no such property.
          """)
  void aMistakeOfAKeyIsToldWithItsProperty(String line, String message) {
    assertMistake("gateway.keys[a].sha256 = " + HASH + "\ngateway.keys[a]." + line, message);
  }

  @Test
  void noMistakeTellsASecret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("gateway.models[a] = lm:groq?apiKey=secret"))
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("gateway.keys[a].sha256 = " + HASH + "0"))
        .withMessageNotContaining(HASH);
  }

  @Test
  void theirTextShowsNoSecret() {
    assertThat(
            read("gateway.models[a]=llm:groq?apiKey=secret\ngateway.keys[a].sha256=" + HASH)
                .toString())
        .doesNotContain("secret", HASH);
  }

  private static void assertMistake(String properties, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(properties))
        .withMessageStartingWith(message);
  }

  private static GatewaySettings read(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return GatewaySettings.read(properties);
  }
}
