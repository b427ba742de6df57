/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.ApiKeys;
import io.github.llmcamel.examples.gateway.access.ModelPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code gateway.*}. Confined to one reading. */
final class SettingsReader {

  static final String PREFIX = "gateway.";
  static final String MODELS = "gateway.models";
  private static final Pattern MODEL = Pattern.compile("gateway\\.models\\[(?<name>.*)]");
  private static final String KEYS = "gateway.keys";
  private static final Pattern KEY =
      Pattern.compile("(?<key>gateway\\.keys\\[(?<id>[^\\]]*)]\\.)[^\\].]*");

  private static final ModelPattern ANY = new ModelPattern("*");

  private final PropertyReader properties;
  private final TargetReader targets = new TargetReader(Placeholders::replace);

  SettingsReader(Properties properties) {
    this.properties = new PropertyReader(properties, PREFIX);
  }

  GatewaySettings read() {
    GatewaySettings settings =
        new GatewaySettings(
            models(),
            keys(),
            take("trust-trace", v -> Values.word(v, TrustTrace.class), TrustTrace.AUTHENTICATED),
            take("status", v -> Values.word(v, StatusAccess.class), StatusAccess.PRIVATE),
            limits(),
            take("cors-origins", Values::origins, List.of()));
    properties.checkNothingIsLeft();
    return settings;
  }

  private ModelTable models() {
    Map<ModelPattern, List<Target>> chains = new LinkedHashMap<>();
    for (String property : properties.names(MODELS)) {
      properties.take(property, uris -> chains.put(model(property), targets.chain(uris)));
    }
    return new ModelTable(chains.isEmpty() ? Map.of(ANY, targets.chain("llm:simulator")) : chains);
  }

  private static ModelPattern model(String property) {
    Matcher model = MODEL.matcher(property);
    if (!model.matches()) {
      throw new IllegalArgumentException(
          "The name of a model stands in brackets, as in gateway.models[fast]. In a file of"
              + " properties a colon, an equals sign or a blank of a name has a backslash before"
              + " it, as in gateway.models[gemma3\\:4b].");
    }
    return new ModelPattern(model.group("name"));
  }

  private ApiKeys keys() {
    Map<String, ApiKey> keys = new LinkedHashMap<>();
    for (String property : properties.names(KEYS)) {
      Matcher key = KEY.matcher(property);
      if (key.matches()) {
        keys.computeIfAbsent(key.group("id"), id -> key(id, key.group("key")));
      }
    }
    return new ApiKeys(keys.values());
  }

  private ApiKey key(String id, String prefix) {
    String sha256 = properties.take(prefix + "sha256", Values::text);
    if (sha256 == null) {
      throw new IllegalArgumentException(
          prefix + "sha256 is missing. Set it to the hash that create-key prints.");
    }
    List<ModelPattern> models = properties.take(prefix + "models", Values::models);
    Integer requestsPerMinute = properties.take(prefix + "requests-per-minute", Values::positive);
    try {
      return new ApiKey(id, sha256, models == null ? List.of() : models, requestsPerMinute);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("gateway.keys[%s]: %s".formatted(id, e.getMessage()), e);
    }
  }

  private Limits limits() {
    Limits defaults = Limits.DEFAULTS;
    return new Limits(
        take("max-body-bytes", Values::bytes, defaults.maxBodyBytes()),
        take("max-concurrent-requests", Values::positive, defaults.maxConcurrentRequests()),
        take("max-queued-requests", Values::count, defaults.maxQueuedRequests()),
        take("queue-timeout", Values::timeout, defaults.queueTimeout()),
        take("receive-timeout", Values::timeout, defaults.receiveTimeout()),
        take("client-idle-timeout", Values::timeout, defaults.clientIdleTimeout()),
        take("keep-alive", Values::keepAlive, defaults.keepAlive()),
        take("drain-timeout", Values::timeout, defaults.drainTimeout()));
  }

  private <T> T take(String name, Function<String, T> parser, T fallback) {
    T value = properties.take(PREFIX + name, parser);
    return value == null ? fallback : value;
  }
}
