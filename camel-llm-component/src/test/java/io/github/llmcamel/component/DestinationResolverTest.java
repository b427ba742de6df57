/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Protocol;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Quirk;
import io.github.llmcamel.provider.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DestinationResolverTest {

  private final LlmConfiguration component = new LlmConfiguration();
  private final LlmConfiguration uri = new LlmConfiguration();
  private final Map<String, ProviderOptions> configured = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, Provider> beans = new HashMap<>();
  private @Nullable String defaultProvider;

  @Test
  void aPresetKnowsWhereItIs() {
    Destination destination = resolve("vllm");

    assertThat(destination.baseUrl()).hasToString("http://localhost:8000/v1");
    assertThat(destination.apiKey()).isNull();
    assertThat(destination.headers()).isEmpty();
  }

  @Test
  void defaultIsWhatTheEnvironmentNamesInAnyCase() {
    variables.put("LLM_PROVIDER", " VLLM ");

    assertThat(resolver().nameOf("default")).isEqualTo("vllm");
  }

  @Test
  void defaultIsWhatTheConfigurationNamesBeforeTheEnvironment() {
    variables.put("LLM_PROVIDER", "vllm");
    defaultProvider = "groq";

    assertThat(resolver().nameOf("default")).isEqualTo("groq");
  }

  @Test
  void defaultIsOllamaWhenNobodySays() {
    variables.put("LLM_PROVIDER", "");

    assertThat(resolver().nameOf("default")).isEqualTo("ollama");
  }

  @Test
  void theBaseUrlComesFromTheUriThenTheProviderThenTheComponentThenTheEnvironment() {
    defaultProvider = "vllm";
    variables.put("LLM_BASE_URL", "http://from-environment/v1");
    assertThat(resolve("vllm").baseUrl()).hasHost("from-environment");
    component.setBaseUrl("http://from-component/v1");
    assertThat(resolve("vllm").baseUrl()).hasHost("from-component");
    options("vllm").setBaseUrl("http://from-provider/v1");
    assertThat(resolve("vllm").baseUrl()).hasHost("from-provider");
    uri.setBaseUrl("http://from-uri/v1");
    assertThat(resolve("vllm").baseUrl()).hasHost("from-uri");
  }

  @Test
  void theKeyComesFromTheUriThenTheProviderThenTheComponentThenTheEnvironment() {
    defaultProvider = "groq";
    variables.put("GROQ_API_KEY", "from-vendor-variable");
    assertThat(key("groq")).isEqualTo("from-vendor-variable");
    variables.put("LLM_API_KEY", "from-environment");
    assertThat(key("groq")).isEqualTo("from-environment");
    component.setApiKey("from-component");
    assertThat(key("groq")).isEqualTo("from-component");
    options("groq").setApiKey("from-provider");
    assertThat(key("groq")).isEqualTo("from-provider");
    uri.setApiKey("from-uri");
    assertThat(key("groq")).isEqualTo("from-uri");
  }

  @Test
  void whatIsTheDefaultProvidersNeverGoesToAnotherOne() {
    defaultProvider = "groq";
    variables.put("LLM_API_KEY", "from-environment");
    variables.put("LLM_BASE_URL", "http://from-environment/v1");
    component.setApiKey("from-component");
    component.setBaseUrl("http://from-component/v1");
    component.setHttpHeader(Map.of("X-Token", "from-component"));

    Destination other = resolve("vllm");

    assertThat(other.apiKey()).isNull();
    assertThat(other.baseUrl()).hasToString("http://localhost:8000/v1");
    assertThat(other.headers()).isEmpty();
    assertThat(resolve("groq").headers()).containsEntry("X-Token", "from-component");
  }

  @Test
  void aVendorsVariableIsForItsOwnPresetsOnly() {
    for (Provider provider : Providers.all()) {
      provider.keyVariables().forEach(variable -> variables.put(variable, "key of " + variable));
    }
    uri.setBaseUrl("http://localhost:9999/v1/publishers/google");

    for (Provider provider : Providers.all()) {
      List<String> own = provider.keyVariables();
      assertThat(key(provider.name()))
          .as(provider.name())
          .isEqualTo(own.isEmpty() ? null : "key of " + own.get(0));
    }
  }

  @Test
  void headersComeFromTheComponentThenTheProviderThenTheUri() {
    defaultProvider = "vllm";
    component.setHttpHeader(Map.of("X-A", "component", "X-B", "component", "X-C", "component"));
    options("vllm").setHttpHeader(Map.of("X-B", "provider", "X-C", "provider"));
    uri.setHttpHeader(Map.of("x-c", "uri"));

    assertThat(resolve("vllm").headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("X-A", "component", "X-B", "provider", "X-C", "uri"));
  }

  @Test
  void anAuthorizationOfTheUsersTakesThePlaceOfTheKey() {
    variables.put("AZURE_OPENAI_API_KEY", "key");
    uri.setBaseUrl("https://r.openai.azure.com/openai/v1");
    assertThat(key("azure_openai")).isEqualTo("key");
    uri.setHttpHeader(Map.of("authorization", "Bearer token"));

    assertThat(resolve("azure_openai").apiKey()).isNull();
  }

  @Test
  void anEmptyKeyIsNone() {
    uri.setApiKey(" ");

    assertThat(resolve("vllm").apiKey()).isNull();
  }

  @Test
  void theHeaderOfAKeyIsConfigured() {
    assertThat(resolve("vllm").provider().auth()).isEqualTo(new Auth.Bearer());
    options("vllm").setKeyHeader("x-api-key");
    assertThat(resolve("vllm").provider().auth()).isEqualTo(new Auth.HeaderKey("x-api-key"));
    options("anthropic").setKeyHeader(" authorization ");
    options("anthropic").setApiKey("k");
    assertThat(resolve("anthropic").provider().auth()).isEqualTo(new Auth.Bearer());
  }

  @Test
  void whatACompatibleServerKnowsIsConfigured() {
    options("lmstudio").setStreamOptions(false);
    options("lmstudio").setMaxTokensField(MaxTokensField.MAX_COMPLETION_TOKENS);
    assertThat(resolve("lmstudio").provider().quirks())
        .containsExactlyInAnyOrder(Quirk.NO_STREAM_OPTIONS, Quirk.MAX_COMPLETION_TOKENS);
    options("xai").setApiKey("k");
    options("xai").setStreamOptions(true);
    options("xai").setMaxTokensField(MaxTokensField.MAX_TOKENS);
    assertThat(resolve("xai").provider().quirks()).containsExactly(Quirk.NO_TOP_K);
  }

  @Test
  void aNameInTheConfigurationDefinesAnOpenAiCompatibleProvider() {
    options("acme").setBaseUrl("https://llm.acme.example/v1");

    Destination destination = resolve("acme");

    assertThat(destination.provider().protocol()).isEqualTo(Protocol.OPENAI);
    assertThat(destination.provider().telemetryName()).isEqualTo("acme");
    assertThat(destination.baseUrl()).hasHost("llm.acme.example");
  }

  @Test
  void aBeanDefinesAProviderAndGoesBeforeTheTable() {
    beans.put("vllm", Providers.openAiCompatible("vllm", URI.create("http://bean:1/v1")));

    assertThat(resolve("vllm").baseUrl()).hasHost("bean");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    options("acme").setBaseUrl("https://llm.acme.example/v1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve("olama"))
        .withMessageContaining("'olama'")
        .withMessageContaining("acme, anthropic, azure_ai_inference, azure_openai")
        .withMessageContaining("providers[olama].base-url");
  }

  @Test
  void aMissingKeyIsRefusedWhereTheProvidersOwnServiceIsCalled() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve("groq"))
        .withMessageContaining("providers[groq].api-key")
        .withMessageContaining("GROQ_API_KEY");
  }

  @Test
  void aMissingKeyOfAProviderWithoutVariablesIsRefusedAsClearly() {
    beans.put("acme", Provider.builder("acme").baseUrl("https://h/v1").requiredKey().build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve("acme"))
        .withMessage(
            "llm:acme needs a key. Set camel.component.llm.providers[acme].api-key, or the option"
                + " apiKey.");
  }

  @Test
  void aKeyOfWhiteSpaceIsNone() {
    uri.setApiKey("  ");

    assertThat(resolve("vllm").apiKey()).isNull();
  }

  @Test
  void aKeyIsNotDemandedForAServerOfTheUsersOwn() {
    uri.setBaseUrl("http://localhost:9999/v1");

    assertThat(resolve("groq").apiKey()).isNull();
  }

  @Test
  void aKeyIsNotDemandedWhereAHeaderMayCarryOne() {
    uri.setHttpHeader(Map.of("Authorization", "Bearer other"));

    assertThat(resolve("groq").apiKey()).isNull();
  }

  @Test
  void aMissingBaseUrlIsRefused() {
    uri.setApiKey("key");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve("azure_openai"))
        .withMessageContaining("providers[azure_openai].base-url");
  }

  @Test
  void theProtocolOfAPresetCanBeChanged() {
    options("ollama").setProtocol(Protocol.OPENAI);
    options("ollama").setBaseUrl("http://localhost:11434/v1");

    assertThat(resolve("ollama").provider().protocol()).isEqualTo(Protocol.OPENAI);
  }

  @Test
  void ollamasOwnVariablesMoveOllama() {
    variables.put("OLLAMA_HOST", "0.0.0.0");
    assertThat(resolve("ollama").baseUrl()).hasToString("http://127.0.0.1:11434");
    assertThat(resolve("ollama_compat").baseUrl()).hasToString("http://127.0.0.1:11434/v1");
    assertThat(resolve("vllm").baseUrl()).hasToString("http://localhost:8000/v1");
    variables.put("OLLAMA_BASE_URL", "http://gpu:11434");
    assertThat(resolve("ollama").baseUrl()).hasHost("gpu");
    variables.put("LLM_BASE_URL", "http://newer:11434");
    assertThat(resolve("ollama").baseUrl()).hasHost("newer");
  }

  private ProviderOptions options(String name) {
    return configured.computeIfAbsent(name, unused -> new ProviderOptions());
  }

  private @Nullable String key(String name) {
    Secret key = resolve(name).apiKey();
    return key == null ? null : key.value();
  }

  private Destination resolve(String name) {
    return resolver().resolve(name, uri);
  }

  private DestinationResolver resolver() {
    return new DestinationResolver(
        component, configured, defaultProvider, new Environment(variables::get), beans::get);
  }
}
