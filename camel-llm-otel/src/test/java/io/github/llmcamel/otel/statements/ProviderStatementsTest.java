/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each provider is called, whatever its models are called. */
class ProviderStatementsTest {

  private static final AttributeKey<String> NAME = stringKey("gen_ai.provider.name");

  /** The eleven of the seed first. Values with a dot or an underscore are the conventions'. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ollama", "ollama"),
          Map.entry("openai", "openai"),
          Map.entry("anthropic", "anthropic"),
          Map.entry("vllm", "vllm"),
          Map.entry("llamacpp", "llamacpp"),
          Map.entry("lmstudio", "lmstudio"),
          Map.entry("groq", "groq"),
          Map.entry("together", "together"),
          Map.entry("fireworks", "fireworks"),
          Map.entry("azure_openai", "azure.ai.openai"),
          Map.entry("litellm", "litellm"),
          Map.entry("azure_ai_inference", "azure.ai.inference"),
          Map.entry("gemini", "gcp.gemini"),
          Map.entry("gemini_compat", "gcp.gemini"),
          Map.entry("vertex_gemini", "gcp.vertex_ai"),
          Map.entry("mistral", "mistral_ai"),
          Map.entry("deepseek", "deepseek"),
          Map.entry("xai", "x_ai"),
          Map.entry("openrouter", "openrouter"),
          Map.entry("perplexity", "perplexity"),
          Map.entry("cohere_compat", "cohere"),
          Map.entry("nvidia_nim", "nvidia_nim"),
          Map.entry("huggingface", "huggingface"),
          Map.entry("tgi", "huggingface"),
          Map.entry("cerebras", "cerebras"),
          Map.entry("localai", "localai"),
          Map.entry("sambanova", "sambanova"),
          Map.entry("moonshot", "moonshot_ai"),
          Map.entry("ollama_compat", "ollama"),
          Map.entry(Providers.SIMULATOR, "simulator"));

  private final LlmRoutes routes = new LlmRoutes();

  @AfterEach
  void close() {
    routes.close();
  }

  @Test
  void theTableHasEveryProvider() {
    assertThat(Providers.all()).extracting(Provider::name).hasSameElementsAs(NAMES.keySet());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("31. A provider is called what the table says, whatever its model is called")
  void eachProviderIsCalledWhatTheTableSaysWhateverItsModelIsCalled(Profile profile) {
    routes.in(profile);

    assertThat(NAMES.keySet())
        .allSatisfy(
            provider -> {
              Attributes span = askNotFound(provider).getAttributes();
              assertThat(span.get(NAME)).isEqualTo(NAMES.get(provider));
              assertThat(span.get(stringKey("gen_ai.system")))
                  .isEqualTo(profile == Profile.SEED ? provider : null);
            });
    assertThat(routes.telemetry().points("gen_ai.client.operation.duration"))
        .extracting(point -> point.attributes().get(NAME))
        .hasSameElementsAs(NAMES.values());
  }

  /** Asks for a model that is named like somebody else's and that nobody has. */
  private SpanData askNotFound(String provider) {
    routes.add(route -> route.from("direct:" + provider).to(endpoint(provider)));
    CompletableFuture<Exchange> asked = routes.send("direct:" + provider, question -> {});
    if (!provider.equals(Providers.SIMULATOR)) {
      routes.provider().accept().reply(404, "text/plain", "No.");
    }
    asked.join();
    List<SpanData> spans = routes.calls();
    return spans.get(spans.size() - 1);
  }

  private String endpoint(String provider) {
    String endpoint = routes.endpoint(provider + "?model=gpt-oss");
    return switch (provider) {
      case Providers.SIMULATOR -> "llm:simulator?model=gpt-oss";
      case "vertex_gemini" -> endpoint + "/v1/projects/p/locations/l/publishers/google";
      default -> endpoint;
    };
  }
}
