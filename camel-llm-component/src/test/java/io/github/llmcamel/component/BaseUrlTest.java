/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

  @ParameterizedTest
  @CsvSource({
    "vllm,   http://h:8000/v1,                     http://h:8000/v1",
    "vllm,   http://h:8000/v1/,                    http://h:8000/v1",
    "vllm,   http://h:8000/v1/chat/completions,    http://h:8000/v1",
    "vllm,   http://h:8000/v1/chat/completions/,   http://h:8000/v1",
    "vllm,   http://h:8000,                        http://h:8000/v1",
    "vllm,   h:8000,                               http://h:8000/v1",
    "vllm,   http://0.0.0.0:8000,                  http://127.0.0.1:8000/v1",
    "vllm,   http://[::]:8000/v1,                  http://[::1]:8000/v1",
    "vllm,   http://[2001:db8::1]:8000/v1,         http://[2001:db8::1]:8000/v1",
    "vllm,   http://h/prefix,                      http://h/prefix",
    "vllm,   http://h/v1#part,                     http://h/v1",
    "groq,   https://api.groq.com,                 https://api.groq.com/openai/v1",
    "groq,   https://proxy.example/groq/openai/v1, https://proxy.example/groq/openai/v1",
    "openai, https://h/v1?api-version=2024,        https://h/v1?api-version=2024",
    "ollama, gpu,                                  http://gpu:11434",
    "ollama, gpu:80,                               http://gpu:80",
    "ollama, http://gpu,                           http://gpu",
    "ollama, http://h:11434/,                      http://h:11434",
    "ollama, http://h:11434/api,                   http://h:11434",
    "ollama, http://h:11434/api/chat,              http://h:11434",
    "ollama, http://h:11434/v1/,                   http://h:11434",
    "ollama, http://h:11434/v1/chat/completions,   http://h:11434",
    "ollama, https://proxy.example/ollama/api?a=1, https://proxy.example/ollama?a=1",
    "anthropic, https://api.anthropic.com/,           https://api.anthropic.com",
    "anthropic, https://api.anthropic.com/v1/,        https://api.anthropic.com/v1",
    "gemini, https://generativelanguage.googleapis.com, https://generativelanguage.googleapis.com/v1beta",
    "gemini, https://h/v1beta/,                              https://h/v1beta",
    "gemini, https://h/v1,                                   https://h/v1",
    "gemini, https://h/v1beta/models,                        https://h/v1beta",
    "gemini, https://h/v1beta/models/x:generateContent,      https://h/v1beta",
    "gemini, https://h/v1beta/tunedModels/x:generateContent, https://h/v1beta",
    "gemini, https://h/v1beta/models/x:streamGenerateContent?alt=sse, https://h/v1beta?alt=sse",
    "vertex_gemini, https://h/v1/projects/p/locations/l/publishers/google/, https://h/v1/projects/p/locations/l/publishers/google",
    "vertex_gemini, https://h/v1/projects/p/locations/l/publishers/google/models/x:generateContent, https://h/v1/projects/p/locations/l/publishers/google",
    "azure_openai, https://r.openai.azure.com/openai/v1/, https://r.openai.azure.com/openai/v1",
  })
  void acceptsWhatUsersPaste(String provider, String pasted, String expected) {
    assertThat(BaseUrl.parse(pasted, "baseUrl", provider(provider))).hasToString(expected);
  }

  @Test
  void aProviderOfTheUsersOwnKeepsItsUrlAsItIs() {
    Provider own = Providers.openAiCompatible("acme", null);

    assertThat(BaseUrl.parse("https://acme.example", "baseUrl", own))
        .hasToString("https://acme.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h/v1", "http://", "http://h:port/v1", "http://h v1", "/v1", ""})
  void refusesWhatIsNoUrlNamingTheOption(String pasted) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(pasted, "The option baseUrl", provider("vllm")))
        .withMessageStartingWith("The option baseUrl ")
        .withMessageContaining("http://localhost:8000/v1");
  }

  @Test
  void refusesAPasswordInTheUrlWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BaseUrl.parse("http://joe:s3cret@h/v1", "The option baseUrl", provider("vllm")))
        .withMessageContaining("httpHeader.Authorization")
        .withMessageNotContaining("s3cret")
        .withNoCause();
  }

  private static Provider provider(String name) {
    return Providers.find(name).orElseThrow();
  }
}
