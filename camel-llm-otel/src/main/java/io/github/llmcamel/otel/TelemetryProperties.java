/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.otel.genai.CallLogTarget;
import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.setup.Environment;
import io.github.llmcamel.otel.setup.JavaAgent;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of telemetry as an application's properties give them, and what to say about them at
 * start-up.
 *
 * @param description such as {@code profile seed, content off}; no secrets
 * @param fallsShort whether something was asked for that there is not, which the description names
 */
record TelemetryProperties(TelemetrySettings settings, String description, boolean fallsShort) {

  static final String SEMCONV = "camel.llm-otel.semconv";
  static final String LOG = "camel.llm-otel.log";
  static final String USER_ID_KEY = "camel.llm-otel.user-id-key";
  static final String ROUTE_ID_ON_METRICS = "camel.llm-otel.route-id-on-metrics";
  static final String HTTP_SPANS = "camel.llm-otel.http-spans";
  static final String PROPAGATE_TO_PROVIDER = "camel.llm-otel.propagate-to-provider";
  static final String CAPTURE_CONTENT = "camel.llm-otel.capture-content";

  private static final String STABILITY_OPT_IN = "otel.semconv-stability.opt-in";
  private static final String LATEST = "gen_ai_latest_experimental";
  private static final String CAPTURE_MESSAGE_CONTENT =
      "otel.instrumentation.genai.capture-message-content";
  private static final Set<String> NO_CONTENT = Set.of("false", "no_content", "none");

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have; names the property
   */
  static TelemetryProperties of(Environment environment) {
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
    String content = asksForContent(environment);
    return new TelemetryProperties(
        settings.build(),
        "profile %s%s, content off%s"
            .formatted(
                chosen,
                strictByOptIn ? " by OTEL_SEMCONV_STABILITY_OPT_IN" : "",
                content == null
                    ? ""
                    : " (%s asks for what this version has not)".formatted(content)),
        content != null);
  }

  private static boolean httpSpans(Environment environment) {
    String value = environment.camel(HTTP_SPANS);
    return (value == null || "auto".equalsIgnoreCase(value))
        ? !JavaAgent.isPresent()
        : isTrue(HTTP_SPANS, value, "auto, true or false");
  }

  private static boolean isOn(Environment environment, String property, boolean byDefault) {
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

  private static int number(String property, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s'; use a whole number".formatted(property, value), e);
    }
  }

  private static @Nullable String asksForContent(Environment environment) {
    if (isContent(environment.camel(CAPTURE_CONTENT))) {
      return CAPTURE_CONTENT;
    }
    return isContent(environment.otel(CAPTURE_MESSAGE_CONTENT))
        ? "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"
        : null;
  }

  private static boolean isContent(@Nullable String mode) {
    return mode != null && !NO_CONTENT.contains(mode.toLowerCase(Locale.ROOT));
  }
}
