/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.testkit.CapturedLog;
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
    "gemini, https://generativelanguage.googleapis.com, https://generativelanguage.googleapis.com/v1beta",
    "gemini, https://h/v1beta/,                              https://h/v1beta",
    "gemini, https://h/v1,                                   https://h/v1",
    "gemini, https://h/v1beta/models,                        https://h/v1beta",
    "gemini, https://h/v1beta/models/x:generateContent,      https://h/v1beta",
    "gemini, https://h/v1beta/tunedModels/x:generateContent, https://h/v1beta",
    "gemini, https://h/v1beta/models/x:streamGenerateContent?alt=sse, https://h/v1beta?alt=sse",
    "vertex_gemini, https://h/v1/projects/p/locations/l/publishers/google/, https://h/v1/projects/p/locations/l/publishers/google",
    "vertex_gemini, https://h/v1/projects/p/locations/l/publishers/google/models/x:generateContent, https://h/v1/projects/p/locations/l/publishers/google",
    "ollama, 0.0.0.0,                              http://127.0.0.1:11434",
    "ollama, :11435,                               http://localhost:11435",
    "ollama_compat, gpu,                           http://gpu:11434/v1",
    "vllm,   [::1]:8000,                           http://[::1]:8000/v1",
    "openai, https://api.openai.com,               https://api.openai.com/v1",
    "openai, https://api.openai.com/v1/,           https://api.openai.com/v1",
    "openai, api.openai.com/v1,                    https://api.openai.com/v1",
    "openai, https://h/v1/chat/completions?a=%20b, https://h/v1?a=%20b",
    "perplexity, https://api.perplexity.ai/,       https://api.perplexity.ai",
    "perplexity, https://api.perplexity.ai/chat/completions, https://api.perplexity.ai",
    "gemini_compat, https://generativelanguage.googleapis.com/v1beta/openai/,"
        + " https://generativelanguage.googleapis.com/v1beta/openai",
    "anthropic, https://api.anthropic.com/v1/,        https://api.anthropic.com",
    "anthropic, https://api.anthropic.com/v1/messages, https://api.anthropic.com",
    "anthropic, https://proxy.example/claude,         https://proxy.example/claude",
    "azure_openai, https://r.openai.azure.com/openai/v1/, https://r.openai.azure.com/openai/v1",
    "azure_openai, https://r.openai.azure.com,        https://r.openai.azure.com/openai/v1",
    "azure_openai, r.openai.azure.com,                https://r.openai.azure.com/openai/v1",
    "azure_openai, https://r.openai.azure.com?api-version=preview,"
        + " https://r.openai.azure.com/openai/v1?api-version=preview",
    "azure_openai, https://r.openai.azure.com/?api-version=2024-10-21,"
        + " https://r.openai.azure.com/openai?api-version=2024-10-21",
    "azure_openai, https://r.openai.azure.com/openai/?api-version=2024-10-21,"
        + " https://r.openai.azure.com/openai?api-version=2024-10-21",
    "azure_openai, https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1,"
        + " https://r.openai.azure.com/openai/deployments/d?api-version=1",
    "azure_openai, https://team.azure-api.net/llm,    https://team.azure-api.net/llm",
    "azure_ai_inference, https://r.services.ai.azure.com?api-version=2024-05-01-preview,"
        + " https://r.services.ai.azure.com/models?api-version=2024-05-01-preview",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://r.openai.azure.com/openai",
        "https://r.openai.azure.com/openai/deployments/d?a=b",
        "https://team.azure-api.net/llm/openai"
      })
  void refusesAzuresClassicPathsWithoutTheVersionThatTheyNeed(String pasted) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(pasted, "The option baseUrl", provider("azure_openai")))
        .withMessage(
            "The option baseUrl has no api-version, which deployments need. Append"
                + " ?api-version=2024-10-21, or let its path end in /openai/v1.");
  }

  @ParameterizedTest
  @CsvSource({
    "vllm,      http://h:8000/v1/completions,      /completions,  /completions",
    "vllm,      http://h:8000/v1/responses?key=s3cret, /responses, /responses",
    "vllm,      http://h:8000/v1/v1,               /v1/v1,        /v1",
    "openai,    https://h/docs/,                   /docs,         /docs",
    "openai,    https://h/chat,                    /chat,         /chat",
    "azure_openai, https://h/openai/deployments/d/completions?api-version=1, /completions, /completions",
    "ollama,    http://h:11434/api/generate,       /generate,     /generate",
    "anthropic, https://h/v1/models,               /models,       /models",
  })
  void saysWhichEndNeverWorksAndRepeatsNothingElse(
      String provider, String pasted, String end, String cure) {
    try (CapturedLog log = new CapturedLog()) {
      BaseUrl.parse(pasted, "The option baseUrl", provider(provider));

      assertThat(log.linesWith("The option baseUrl ends in " + end + ", and no chat"))
          .singleElement()
          .asString()
          .contains("Remove " + cure + ":")
          .doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vllm,               http://h:8000/v1/chat/completions",
    "vllm,               http://h/modelships",
    "azure_ai_inference, https://r.services.ai.azure.com/models",
    "azure_ai_inference, https://team.azure-api.net/gw/models",
    "azure_openai,       https://r.openai.azure.com/openai/deployments/chat?api-version=2024-10-21",
    "perplexity,         https://api.perplexity.ai",
  })
  void saysNothingOfWhatWorks(String provider, String pasted) {
    try (CapturedLog log = new CapturedLog()) {
      BaseUrl.parse(pasted, "The option baseUrl", provider(provider));

      assertThat(log.linesWith("baseUrl")).isEmpty();
    }
  }

  private static Provider provider(String name) {
    return Providers.find(name).orElseThrow();
  }
}
