/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallLimits;
import io.github.llmcamel.codec.ExtraMembers;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.provider.Destination;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings the options of one endpoint together. Highest first: the URI, {@code providers[name]}, the
 * component, the environment, the provider table.
 */
final class SettingsResolver {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_BYTE_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(30);
  private static final long MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

  private final LlmConfiguration uri;
  private final LlmConfiguration component;

  private SettingsResolver(LlmConfiguration uri, LlmConfiguration component) {
    this.uri = uri;
    this.component = component;
  }

  /**
   * Resolves everything an endpoint needs.
   *
   * @param options {@code providers[name]} of this endpoint's provider; null if there is none
   * @throws IllegalArgumentException if a value is out of range or two options contradict each
   *     other; names the option and the cure
   */
  static LlmSettings resolve(
      LlmConfiguration uri,
      @Nullable ProviderOptions options,
      LlmConfiguration component,
      Environment environment,
      Destination destination) {
    SettingsResolver resolver = new SettingsResolver(uri, component);
    String model = uri.getModel();
    if (model == null && options != null) {
      model = options.getModel();
    }
    if (model == null) {
      model =
          component.getModel() != null ? component.getModel() : environment.get("DEFAULT_MODEL");
    }
    return new LlmSettings(
        destination,
        model,
        resolver.option(LlmConfiguration::getSystemMessage),
        resolver.option(LlmConfiguration::getUserMessage),
        SamplingOptions.of(uri).orElse(SamplingOptions.of(component)),
        resolver.option(LlmConfiguration::getUser),
        resolver.extras(),
        resolver.delivery(),
        resolver.option(LlmConfiguration::getBodyFormat, BodyFormat.AUTO),
        resolver.option(LlmConfiguration::getOutputFormat, OutputFormat.TEXT),
        resolver.limits());
  }

  private <T> @Nullable T option(Function<LlmConfiguration, @Nullable T> getter) {
    T value = getter.apply(uri);
    return value != null ? value : getter.apply(component);
  }

  private <T> T option(Function<LlmConfiguration, @Nullable T> getter, T fallback) {
    T value = option(getter);
    return value != null ? value : fallback;
  }

  private Map<String, Object> extras() {
    Map<String, Object> merged = new LinkedHashMap<>(component.getExtra());
    merged.putAll(uri.getExtra());
    return ExtraMembers.read(merged);
  }

  private Delivery delivery() {
    // A URI that says how to stream, or not to, is not overruled by half of the component's
    // options.
    LlmConfiguration owner =
        uri.getStream() != null || uri.getStreamMode() != null ? uri : component;
    Boolean stream = owner.getStream();
    StreamMode mode = owner.getStreamMode();
    if (Boolean.FALSE.equals(stream) && mode != null) {
      throw new IllegalArgumentException(
          "streamMode contradicts stream=false. Remove one of them.");
    }
    if (!Boolean.TRUE.equals(stream) && mode == null) {
      return Delivery.WHOLE;
    }
    StreamMode wanted =
        mode != null ? mode : option(LlmConfiguration::getStreamMode, StreamMode.LIVE);
    if (wanted == StreamMode.LIVE) {
      throw new IllegalArgumentException(
          "streamMode=live, the default of stream=true, is not available in this version. Use"
              + " streamMode=aggregate.");
    }
    return Delivery.STREAMED;
  }

  private CallLimits limits() {
    return new CallLimits(
        positive("connectTimeout", option(LlmConfiguration::getConnectTimeout, CONNECT_TIMEOUT)),
        notNegative(
            "firstByteTimeout", option(LlmConfiguration::getFirstByteTimeout, FIRST_BYTE_TIMEOUT)),
        notNegative("idleTimeout", option(LlmConfiguration::getIdleTimeout, IDLE_TIMEOUT)),
        notNegative("requestTimeout", option(LlmConfiguration::getRequestTimeout, REQUEST_TIMEOUT)),
        maxResponseBytes());
  }

  private long maxResponseBytes() {
    long bytes = option(LlmConfiguration::getMaxResponseBytes, MAX_RESPONSE_BYTES);
    // An answer is collected in one array.
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "maxResponseBytes is %d; it must be from 1 to 2147483639.".formatted(bytes));
    }
    return bytes;
  }

  private static Duration positive(String option, Duration value) {
    if (value.isZero()) {
      throw new IllegalArgumentException(option + " is 0; it must be above, such as 10s.");
    }
    return notNegative(option, value);
  }

  private static Duration notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s is negative; it must be 0 (no limit) or above, such as 30s.".formatted(option));
    }
    return value;
  }
}
