/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelUriTest {

  private static final String VERTEX =
      "https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google";

  @ParameterizedTest
  @CsvSource({
    "gemini-x,                  /models/gemini-x",
    "models/gemini-x,           /models/gemini-x",
    "tunedModels/x,             /tunedModels/x",
    "publishers/google/models/x,/publishers/google/models/x",
    "gemma3:4b,                 /models/gemma3%3A4b",
    "openai/gpt x?,             /models/openai/gpt%20x%3F"
  })
  void namesTheModelInThePath(String model, String path) throws LlmException {
    String base = "https://h/v1beta";

    assertThat(ModelUri.of(Wire.destination(base), model, Delivery.WHOLE))
        .hasToString(base + path + ":generateContent");
    assertThat(ModelUri.of(Wire.destination(base), model, Delivery.STREAMED))
        .hasToString(base + path + ":streamGenerateContent?alt=sse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "models/x",
        "publishers/google/models/x",
        "projects/p/locations/l/publishers/google/models/x"
      })
  void doesNotRepeatWhatABaseOfVertexNames(String model) throws LlmException {
    assertThat(ModelUri.of(Wire.destination(VERTEX), model, Delivery.WHOLE))
        .hasToString(VERTEX + "/models/x:generateContent");
  }

  @Test
  void aShortNameIsNoModelWhereNobodyNamesThePublisher() throws LlmException {
    Destination vertex =
        new Destination(
            Providers.find("vertex_gemini").orElseThrow(),
            URI.create("https://h/v1/projects/p/locations/l"),
            null,
            Map.of());

    assertThatThrownBy(() -> ModelUri.of(vertex, "x", Delivery.WHOLE))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("model is a short name, and the base URL names no publisher");
    assertThat(ModelUri.of(vertex, "endpoints/7", Delivery.WHOLE))
        .hasToString("https://h/v1/projects/p/locations/l/endpoints/7:generateContent");
    assertThat(ModelUri.of(vertex, "publishers/google/models/x", Delivery.WHOLE))
        .hasToString(
            "https://h/v1/projects/p/locations/l/publishers/google/models/x:generateContent");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/v1beta?a=%20b&c, https://h/v1beta/models/x:streamGenerateContent?a=%20b&c&alt=sse",
    "https://h/v1beta?alt=sse&a=1, https://h/v1beta/models/x:streamGenerateContent?a=1&alt=sse",
    "https://h/v1beta/, https://h/v1beta/models/x:streamGenerateContent?alt=sse",
    "https://h, https://h/models/x:streamGenerateContent?alt=sse"
  })
  void keepsTheQueryOfTheBase(String base, String expected) throws LlmException {
    assertThat(ModelUri.of(Wire.destination(base), "x", Delivery.STREAMED)).hasToString(expected);
  }

  @Test
  void aWholeAnswerHasNoFormOfAStream() throws LlmException {
    assertThat(ModelUri.of(Wire.destination("https://h/v1beta?alt=sse"), "x", Delivery.WHOLE))
        .hasToString("https://h/v1beta/models/x:generateContent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "models/", "/x", "../x", "models/../../x", "."})
  void refusesWhatIsNoName(String model) {
    assertThatThrownBy(() -> ModelUri.of(Wire.ANYWHERE, model, Delivery.WHOLE))
        .isInstanceOf(LlmRequestException.class)
        .hasMessageContaining("model is no name of a model");
  }
}
