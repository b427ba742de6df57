/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import io.github.llmcamel.testkit.ManualClock;
import io.github.llmcamel.transport.HttpSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked to find out whether a server can answer, and what its reply means. */
class ProbeTest {

  private final ManualClock clock = new ManualClock();
  private final FakeTransport transport = new FakeTransport();
  private final ModelClient client =
      new ModelClient(settings -> transport, new FakeTransport(), new Clockwork(clock, clock));

  @ParameterizedTest
  @CsvSource({
    "ollama,       http://h:11434,              http://h:11434/api/version",
    "ollama,       http://h/behind,             http://h/behind/api/version",
    "vllm,         http://h:8000/v1,            http://h:8000/health",
    "llamacpp,     http://h/behind/v1,          http://h/behind/health",
    "llamacpp,     http://h/api,                http://h/api/health",
    "litellm,      http://h:4000/v1,            http://h:4000/health/liveliness",
    "lmstudio,     http://h:1234/v1,            http://h:1234/v1/models",
    "openai,       https://h/v1,                https://h/v1/models",
    "azure_openai, https://h/openai?api-version=1, https://h/openai/models?api-version=1",
    "anthropic,    https://h,                   https://h/v1/models",
    "anthropic,    https://h/v1,                https://h/v1/models"
  })
  void asksWhatCostsNothing(String provider, URI baseUrl, URI asked) {
    assertThat(probe(Providers.find(provider).orElseThrow(), baseUrl)).isNotDone();

    assertThat(transport.call().method()).isEqualTo("GET");
    assertThat(transport.call().uri()).isEqualTo(asked);
    assertThat(transport.call().body()).isEmpty();
  }

  @Test
  void showsTheKeyAndTheHeadersOfTheUser() {
    assertThat(probe("vllm")).isNotDone();

    assertThat(transport.call().headers())
        .containsEntry("Authorization", "Bearer secret-key-1")
        .containsEntry("X-Team", "billing");
  }

  @Test
  void tellsAnthropicTheVersion() {
    assertThat(probe("anthropic")).isNotDone();

    assertThat(transport.call().headers())
        .containsEntry("x-api-key", "secret-key-1")
        .containsEntry("anthropic-version", "2023-06-01");
  }

  @Test
  void successIsSuccessWhateverTheBodySays() {
    CompletableFuture<Integer> answer = probe("vllm");
    transport.head(200);
    transport.end();

    assertThat(answer).isCompletedWithValue(200);
    assertThat(transport.cancelled).isFalse();
  }

  @Test
  void aLongListIsNotReadToItsEnd() {
    CompletableFuture<Integer> answer = probe("openai");
    transport.head(200);
    transport.slice("x".repeat(64 * 1024));
    assertThat(answer).isNotDone();
    transport.slice("x");

    assertThat(answer).isCompletedWithValue(200);
    assertThat(transport.cancelled).isTrue();
  }

  @Test
  void aServerThatLoadsItsModelSaysSo() {
    CompletableFuture<Integer> answer = probe("llamacpp");
    transport.head(503);
    transport.slice(
        "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}");
    transport.end();

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LlmServerException.class)
        .withMessageContaining("llamacpp answered 503: Loading model.");
  }

  @Test
  void aRefusedKeyIsNamedWithoutBeingQuoted() {
    CompletableFuture<Integer> answer = probe("openai");
    transport.head(401);
    transport.slice("{\"error\":{\"message\":\"Wrong key secret-key-1.\"}}");
    transport.breakOff(new IOException("reset"));

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LlmAuthenticationException.class)
        .withMessageContaining("openai answered 401: Wrong key ***. Check apiKey.");
  }

  @Test
  void whatAProxyHasCompressedIsRead() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write("{\"error\":{\"message\":\"Loading model\"}}".getBytes(UTF_8));
    }
    CompletableFuture<Integer> answer = probe("llamacpp");
    transport.head(503, Map.of("content-encoding", List.of("gzip")));
    transport.slice(compressed.toByteArray());
    transport.end();

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("llamacpp answered 503: Loading model.");
  }

  @Test
  void aRedirectIsAFailure() {
    CompletableFuture<Integer> answer = probe("openai");
    transport.head(302);
    transport.end();

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LlmRequestException.class);
  }

  @Test
  void aServerThatCannotBeReachedIsNamed() {
    CompletableFuture<Integer> answer = probe("vllm");
    transport.refuse(new ConnectException("Connection refused"));

    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(LlmConnectionException.class)
        .withMessageContaining("vllm at h:8000 cannot be reached: Connection refused");
  }

  @Test
  void cancellingClosesTheConnection() {
    CompletableFuture<Integer> answer = probe("vllm");
    answer.cancel(false);

    assertThat(transport.cancelled).isTrue();
  }

  private CompletableFuture<Integer> probe(String provider) {
    return probe(Providers.find(provider).orElseThrow(), URI.create("http://h:8000/v1"));
  }

  private CompletableFuture<Integer> probe(Provider provider, URI baseUrl) {
    Destination destination =
        new Destination(provider, baseUrl, new Secret("secret-key-1"), Map.of("X-Team", "billing"));
    return client.probe(destination, HttpSettings.DEFAULT, Duration.ofSeconds(1));
  }
}
