/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry API that the application runs with, which may be older than the one we were
 * compiled against, and what it has globally. What is newer than {@link #OLDEST} is used where it
 * is there.
 */
final class OpenTelemetryApi {

  static final String OLDEST = "1.49";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\b.*");

  private OpenTelemetryApi() {}

  /** The version that its jar names; null if it does not. */
  static @Nullable String version() {
    return OpenTelemetry.class.getPackage().getImplementationVersion();
  }

  /** Whether we can work with an API of that version; an unknown one gets the benefit of doubt. */
  static boolean isSupported(@Nullable String version) {
    Matcher matcher = VERSION.matcher(version == null ? "" : version);
    if (!matcher.matches()) {
      return true;
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    return major > 1 || (major == 1 && minor >= 49);
  }

  /** The agent's OpenTelemetry. To ask for it pins nothing: the agent has set it long before. */
  static OpenTelemetry ofAgent() {
    return GlobalOpenTelemetry.get();
  }

  /**
   * The global OpenTelemetry; null if there is none, or one that does nothing: Camel's tracers pin
   * such a one when they find nothing else.
   */
  static @Nullable OpenTelemetry global() {
    try {
      if (!GlobalOpenTelemetry.isSet()) {
        return null;
      }
    } catch (NoSuchMethodError e) {
      // Below 1.57 there is no way to look without setting it, and that is the application's.
      return null;
    }
    OpenTelemetry global = GlobalOpenTelemetry.get();
    return global.getTracerProvider() == TracerProvider.noop() ? null : global;
  }
}
