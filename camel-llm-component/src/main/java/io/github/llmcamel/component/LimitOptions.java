/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallLimits;
import io.github.llmcamel.client.Timeouts;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the options that limit a call. */
final class LimitOptions {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_BYTE_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration CONSUMER_TIMEOUT = Duration.ofMinutes(5);
  private static final int MAX_QUEUED_REQUESTS = 1_000;
  private static final int MAX_MEDIA_BYTES = 20 * 1024 * 1024;
  private static final int HIGHEST_MEDIA_BYTES = 1024 * 1024 * 1024;
  private static final long MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

  private final LlmConfiguration uri;
  private final LlmConfiguration component;

  private LimitOptions(LlmConfiguration uri, LlmConfiguration component) {
    this.uri = uri;
    this.component = component;
  }

  /**
   * The limits of an endpoint.
   *
   * @throws IllegalArgumentException if a value is out of range; names the option
   */
  static CallLimits of(LlmConfiguration uri, LlmConfiguration component) {
    LimitOptions options = new LimitOptions(uri, component);
    return new CallLimits(
        options.timeouts(),
        options.count("maxConcurrentRequests", LlmConfiguration::getMaxConcurrentRequests, 0),
        options.count(
            "maxQueuedRequests", LlmConfiguration::getMaxQueuedRequests, MAX_QUEUED_REQUESTS),
        options.maxResponseBytes());
  }

  /**
   * The limit of media in a request.
   *
   * @throws IllegalArgumentException if the value is out of range; names the option
   */
  static MediaLimit media(LlmConfiguration uri, LlmConfiguration component) {
    LimitOptions options = new LimitOptions(uri, component);
    int bytes = options.option(LlmConfiguration::getMaxMediaBytes, MAX_MEDIA_BYTES);
    // As base64 they are longer by a third, and still one string.
    if (bytes < 1 || bytes > HIGHEST_MEDIA_BYTES) {
      throw new IllegalArgumentException(
          "maxMediaBytes is %s; it must be from 1 to %d."
              .formatted(OptionNumber.shown(bytes), HIGHEST_MEDIA_BYTES));
    }
    return new MediaLimit(bytes);
  }

  private Timeouts timeouts() {
    Duration connect =
        timeout("connectTimeout", LlmConfiguration::getConnectTimeout, CONNECT_TIMEOUT);
    if (connect.isZero()) {
      throw new IllegalArgumentException("connectTimeout is 0; it must be above, such as 10s.");
    }
    return new Timeouts(
        connect,
        timeout("queueTimeout", LlmConfiguration::getQueueTimeout, Duration.ZERO),
        timeout("firstByteTimeout", LlmConfiguration::getFirstByteTimeout, FIRST_BYTE_TIMEOUT),
        timeout("idleTimeout", LlmConfiguration::getIdleTimeout, IDLE_TIMEOUT),
        timeout("requestTimeout", LlmConfiguration::getRequestTimeout, REQUEST_TIMEOUT),
        timeout("consumerTimeout", LlmConfiguration::getConsumerTimeout, CONSUMER_TIMEOUT));
  }

  private Duration timeout(
      String name, Function<LlmConfiguration, @Nullable Duration> getter, Duration fallback) {
    Duration value = option(getter, fallback);
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s is negative; it must be 0 (no limit) or above, such as 30s.".formatted(name));
    }
    return value;
  }

  private int count(
      String name, Function<LlmConfiguration, @Nullable Integer> getter, int fallback) {
    int value = option(getter, fallback);
    if (value < 0) {
      throw new IllegalArgumentException("%s is %d; it must be 0 or above.".formatted(name, value));
    }
    return value;
  }

  private long maxResponseBytes() {
    long bytes = option(LlmConfiguration::getMaxResponseBytes, MAX_RESPONSE_BYTES);
    // An answer is collected in one array.
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "maxResponseBytes is %s; it must be from 1 to 2147483639."
              .formatted(OptionNumber.shown(bytes)));
    }
    return bytes;
  }

  private <T> T option(Function<LlmConfiguration, @Nullable T> getter, T fallback) {
    T value = getter.apply(uri);
    if (value == null) {
      value = getter.apply(component);
    }
    return value != null ? value : fallback;
  }
}
