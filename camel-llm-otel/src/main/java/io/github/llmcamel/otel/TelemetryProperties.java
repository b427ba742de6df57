/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.genai.CallLogTarget;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.genai.content.ContentMode;
import io.github.llmcamel.otel.genai.content.ContentSettings;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.setup.JavaAgent;
import java.util.Locale;
import java.util.Objects;

/**
 * The settings of telemetry as an application's properties give them, and what to say about them at
 * start-up.
 *
 * @param propagateHeaders whether what leaves Camel names its trace
 * @param description such as {@code profile seed, content off}; no secrets
 */
record TelemetryProperties(
    TelemetrySettings settings, boolean propagateHeaders, String description) {

  static final String SEMCONV = "camel.llm-otel.semconv";
  static final String LOG = "camel.llm-otel.log";
  static final String USER_ID_KEY = "camel.llm-otel.user-id-key";
  static final String ROUTE_ID_ON_METRICS = "camel.llm-otel.route-id-on-metrics";
  static final String HTTP_SPANS = "camel.llm-otel.http-spans";
  static final String PROPAGATE_TO_PROVIDER = "camel.llm-otel.propagate-to-provider";
  static final String FINGERPRINT = "camel.llm-otel.fingerprint";
  static final String PROPAGATE_HEADERS = "camel.llm-otel.propagate-headers";

  private static final String STABILITY_OPT_IN = "otel.semconv-stability.opt-in";
  private static final String LATEST = "gen_ai_latest_experimental";

  /**
   * Reads them.
   *
   * @param extensions what the application adds
   * @throws IllegalArgumentException if one has a value that it cannot have; names the property
   */
  static TelemetryProperties of(Environment environment, ContentExtensions extensions) {
    String profile = environment.camel(SEMCONV);
    boolean optedIn =
        Objects.requireNonNullElse(environment.otel(STABILITY_OPT_IN), "").contains(LATEST);
    boolean strictByOptIn = profile == null && optedIn;
    Profile chosen = strictByOptIn ? Profile.STRICT : Profile.of(SEMCONV, profile);
    TelemetrySettings.Builder settings =
        TelemetrySettings.builder()
            .profile(chosen)
            .log(CallLogTarget.of(LOG, environment.camel(LOG)))
            .userIdKey(environment.camel(USER_ID_KEY))
            .routeIdOnMetrics(isOn(environment, ROUTE_ID_ON_METRICS, true))
            .httpSpans(httpSpans(environment))
            .propagatesToProvider(isOn(environment, PROPAGATE_TO_PROVIDER, true));
    String nameLimit = environment.camel(TelemetrySettings.NAME_LIMIT);
    if (nameLimit != null) {
      settings.nameLimit(number(TelemetrySettings.NAME_LIMIT, nameLimit));
    }
    ContentSettings content = ContentProperties.of(environment, extensions);
    boolean captures = content.mode() != ContentMode.NO_CONTENT;
    settings.content(content).fingerprint(isOn(environment, FINGERPRINT, captures));
    return new TelemetryProperties(
        settings.build(),
        isOn(environment, PROPAGATE_HEADERS, true),
        "profile %s%s, %s"
            .formatted(
                chosen,
                strictByOptIn ? " by OTEL_SEMCONV_STABILITY_OPT_IN" : "",
                ContentProperties.describe(content)));
  }

  private static boolean httpSpans(Environment environment) {
    String value = environment.camel(HTTP_SPANS);
    return (value == null || "auto".equalsIgnoreCase(value))
        ? !JavaAgent.isPresent()
        : isTrue(HTTP_SPANS, value, "auto, true or false");
  }

  static boolean isOn(Environment environment, String property, boolean byDefault) {
    String value = environment.camel(property);
    return value == null ? byDefault : isTrue(property, value, "true or false");
  }

  private static boolean isTrue(String property, String value, String values) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; use %s".formatted(property, value, values));
    };
  }

  static int number(String property, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s'; use a whole number".formatted(property, value), e);
    }
  }
}
