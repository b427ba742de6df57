/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.provider.Auth;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.KeyPolicy;
import io.github.llmcamel.provider.Provider;
import io.github.llmcamel.provider.Providers;
import io.github.llmcamel.provider.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is meant by {@code llm:<name>}, where they answer and which key they get.
 *
 * <p>The component's {@code apiKey}, {@code baseUrl} and {@code httpHeader} and the {@code LLM_*}
 * variables belong to the default provider alone, so that a key never goes to another one.
 */
final class DestinationResolver {

  /** Stands for the default provider. */
  static final String DEFAULT = "default";

  private final LlmConfiguration component;
  private final Map<String, ProviderOptions> configured;
  private final @Nullable String defaultProvider;
  private final Environment environment;
  private final Function<String, @Nullable Provider> registry;

  /**
   * @param configured {@code providers[name]}
   * @param defaultProvider null leaves it to the environment
   * @param registry the {@code Provider} bean of that name; null if there is none
   * @throws IllegalArgumentException if the name {@code default} itself is configured, which would
   *     count for nobody
   */
  DestinationResolver(
      LlmConfiguration component,
      Map<String, ProviderOptions> configured,
      @Nullable String defaultProvider,
      Environment environment,
      Function<String, @Nullable Provider> registry) {
    if (configured.containsKey(DEFAULT)) {
      throw new IllegalArgumentException(
          "camel.component.llm.providers[default] is nobody's: 'default' stands for another"
              + " provider. Set camel.component.llm.base-url and its like, or name the provider.");
    }
    this.component = component;
    this.configured = configured;
    this.defaultProvider = defaultProvider;
    this.environment = environment;
    this.registry = registry;
  }

  /** What {@code name} stands for: itself, or the provider that {@code default} means. */
  String nameOf(String name) {
    return name.equals(DEFAULT) ? defaultName() : name;
  }

  /**
   * Finds where to call.
   *
   * @param name as {@link #nameOf} returned it
   * @param endpoint the options of the URI
   * @throws IllegalArgumentException if the name is unknown, or a base URL or key is missing; names
   *     the option and the cure
   */
  Destination resolve(String name, LlmConfiguration endpoint) {
    Provider provider = provider(name);
    boolean isDefault = name.equals(defaultName());
    URI baseUrl = baseUrl(provider, endpoint, isDefault);
    Map<String, String> headers = headers(name, endpoint, isDefault);
    Secret key = key(provider, endpoint, isDefault);
    if (key == null && headers.isEmpty() && needsKey(provider, baseUrl)) {
      throw missingKey(provider);
    }
    // An Authorization of the user's takes the key's place, in whatever header that would be shown.
    Secret shown = headers.containsKey("Authorization") ? null : key;
    return new Destination(provider, baseUrl, shown, headers);
  }

  private String defaultName() {
    String named = defaultProvider != null ? defaultProvider : environment.get("LLM_PROVIDER");
    return named == null ? "ollama" : named.toLowerCase(Locale.ROOT);
  }

  private Provider provider(String name) {
    ProviderOptions options = configured.get(name);
    Provider bean = registry.apply(name);
    Provider known =
        bean != null
            ? bean
            : Providers.find(name)
                .orElseGet(() -> options == null ? null : Providers.openAiCompatible(name, null));
    if (known == null) {
      throw unknown(name);
    }
    return options == null ? known : options.applyTo(known);
  }

  private IllegalArgumentException unknown(String name) {
    TreeSet<String> names = new TreeSet<>(configured.keySet());
    Providers.all().forEach(provider -> names.add(provider.name()));
    return new IllegalArgumentException(
        ("There is no provider '%s'. Known are %s. A new one is defined by"
                + " camel.component.llm.providers[%s].base-url or by a Provider bean of that name.")
            .formatted(name, String.join(", ", names), name));
  }

  private static IllegalArgumentException missingKey(Provider provider) {
    String variables =
        provider.keyVariables().isEmpty()
            ? ""
            : " the environment variable %s,"
                .formatted(String.join(" or ", provider.keyVariables()));
    return new IllegalArgumentException(
        "llm:%s needs a key. Set camel.component.llm.providers[%s].api-key,%s or the option apiKey."
            .formatted(provider.name(), provider.name(), variables));
  }

  /** Names in any case; the later source wins. */
  private Map<String, String> headers(String name, LlmConfiguration endpoint, boolean isDefault) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (isDefault) {
      headers.putAll(component.getHttpHeader());
    }
    ProviderOptions options = configured.get(name);
    if (options != null) {
      headers.putAll(options.getHttpHeader());
    }
    headers.putAll(endpoint.getHttpHeader());
    Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((header, value) -> texts.put(header, value.toString()));
    return texts;
  }

  private URI baseUrl(Provider provider, LlmConfiguration endpoint, boolean isDefault) {
    String name = provider.name();
    ProviderOptions options = configured.get(name);
    if (endpoint.getBaseUrl() != null) {
      return BaseUrl.parse(endpoint.getBaseUrl(), "The option baseUrl", provider);
    }
    if (options != null && options.getBaseUrl() != null) {
      String source = "camel.component.llm.providers[%s].base-url".formatted(name);
      return BaseUrl.parse(options.getBaseUrl(), source, provider);
    }
    if (isDefault && component.getBaseUrl() != null) {
      return BaseUrl.parse(component.getBaseUrl(), "camel.component.llm.base-url", provider);
    }
    List<String> variables = new ArrayList<>(provider.baseUrlVariables());
    if (isDefault) {
      variables.add(0, "LLM_BASE_URL");
    }
    for (String variable : variables) {
      String value = environment.get(variable);
      if (value != null) {
        return BaseUrl.parse(value, "The environment variable " + variable, provider);
      }
    }
    if (provider.baseUrl() == null) {
      throw new IllegalArgumentException(
          ("llm:%s needs a base URL. Set camel.component.llm.providers[%s].base-url or the option"
                  + " baseUrl.")
              .formatted(name, name));
    }
    return provider.baseUrl();
  }

  private @Nullable Secret key(Provider provider, LlmConfiguration endpoint, boolean isDefault) {
    ProviderOptions options = configured.get(provider.name());
    String key = endpoint.getApiKey();
    if (key == null && options != null) {
      key = options.getApiKey();
    }
    if (key == null && isDefault) {
      key = component.getApiKey() != null ? component.getApiKey() : environment.get("LLM_API_KEY");
    }
    if (key == null) {
      key = environment.first(provider.keyVariables());
    }
    return key == null || key.isBlank() ? null : new Secret(key.strip());
  }

  /**
   * Whether it is the provider's own service, for which somebody has an account. A server of one's
   * own at another URL may well run without a key.
   */
  static boolean needsKey(Provider provider, URI baseUrl) {
    return provider.keyPolicy() == KeyPolicy.REQUIRED
        && !(provider.auth() instanceof Auth.None)
        && (provider.baseUrl() == null || provider.baseUrl().equals(baseUrl));
  }
}
