/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about exporting, completed where it is silent.
 *
 * <p>The variables {@code APP_NAME}, {@code TRACELOOP_BASE_URL}, {@code TRACELOOP_HEADERS} and
 * {@code DT_OTLP_TOKEN} count beneath every setting of OpenTelemetry's own.
 */
final class OtlpSettings {

  private static final String OTLP = "otel.exporter.otlp.";
  private static final String SERVICE_NAME = "otel.service.name";
  private static final String RESOURCE_ATTRIBUTES = "otel.resource.attributes";
  private static final String ENDPOINT = OTLP + "endpoint";
  private static final String TEMPORALITY = OTLP + "metrics.temporality.preference";

  private final Environment environment;
  private final @Nullable OtlpTarget baseUrl;
  private final @Nullable Preset preset;

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if a preset is asked for and cannot be met
   */
  OtlpSettings(Environment environment) {
    this.environment = environment;
    String url = environment.variable("TRACELOOP_BASE_URL");
    this.baseUrl = url == null ? null : new OtlpTarget(url);
    this.preset = Preset.of(environment);
    if (preset != null && !isDisabled()) {
      check(preset);
    }
  }

  /** Whether anything names an exporter or an endpoint, and nothing forbids to export. */
  boolean askForExport() {
    return !isDisabled() && Arrays.stream(Signal.values()).anyMatch(this::isExportAsked);
  }

  /**
   * The properties that hold where nothing else does.
   *
   * @param contextName names the service if nothing else does
   */
  Map<String, String> defaults(String contextName) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (!isServiceNamed()) {
      String appName = environment.variable("APP_NAME");
      properties.put(SERVICE_NAME, appName != null ? appName : contextName);
    }
    if (baseUrl != null) {
      properties.put(ENDPOINT, baseUrl.url());
    }
    for (Signal signal : Signal.values()) {
      // The SDK's own default is grpc, whatever the port.
      properties.put(signal.otlp("protocol"), protocol(signal));
    }
    properties.put(TEMPORALITY, temporality());
    properties.putAll(environment.otel());
    return properties;
  }

  /** The properties that hold over everything, since they complete what everything says. */
  Map<String, String> overrides() {
    Map<String, String> properties = new LinkedHashMap<>();
    OtlpTarget general = generalTarget();
    if (preset != null && general != null) {
      properties.put(ENDPOINT, general.url());
    }
    for (Signal signal : Signal.values()) {
      OtlpHeaders headers = headers(signal);
      if (!headers.isEmpty()) {
        properties.put(signal.otlp("headers"), headers.toProperty());
      }
    }
    return properties;
  }

  /** Where each signal goes and how, without secrets. */
  String describe() {
    Set<String> distinct = new LinkedHashSet<>();
    for (Signal signal : Signal.values()) {
      distinct.add(describe(signal));
    }
    String exporters =
        distinct.size() == 1
            ? distinct.iterator().next()
            : Arrays.stream(Signal.values())
                .map(signal -> signal.word() + " by " + describe(signal))
                .collect(Collectors.joining(", "));
    return "%s%s, temporality %s"
        .formatted(
            preset == null ? "" : "preset " + preset.name() + ", ", exporters, temporality());
  }

  private boolean isDisabled() {
    return Boolean.parseBoolean(environment.otel("otel.sdk.disabled"));
  }

  private void check(Preset asked) {
    if (generalTarget() == null) {
      throw new IllegalArgumentException(
          "%s is %s, but nothing says where that is; set OTEL_EXPORTER_OTLP_ENDPOINT"
              .formatted(Preset.PROPERTY, asked.name()));
    }
    for (Signal signal : Signal.values()) {
      if (asked.equals(presetOf(target(signal))) && !headers(signal).hasCredential()) {
        throw new IllegalArgumentException(
            "%s is %s, but there is no token for it; set %s"
                .formatted(Preset.PROPERTY, asked.name(), asked.tokenVariable()));
      }
    }
  }

  private boolean isExportAsked(Signal signal) {
    String exporter = environment.otel(signal.exporter());
    if (exporter != null) {
      return !exporter.equals("none");
    }
    return namedTarget(signal) != null;
  }

  private boolean isServiceNamed() {
    String attributes = environment.otel(RESOURCE_ATTRIBUTES);
    return environment.otel(SERVICE_NAME) != null
        || (attributes != null
            && Arrays.stream(attributes.split(",", -1))
                .anyMatch(attribute -> attribute.strip().startsWith("service.name=")));
  }

  private String protocol(Signal signal) {
    String named = ownOrGeneral(signal, "protocol");
    if (named != null) {
      return named;
    }
    OtlpTarget target = namedTarget(signal);
    if (target == null) {
      return OtlpTarget.HTTP;
    }
    Preset taken = presetOf(target);
    return taken == null ? target.likelyProtocol() : taken.protocol();
  }

  private String temporality() {
    String named = environment.otel(TEMPORALITY);
    if (named != null) {
      return named;
    }
    Preset taken = presetOf(target(Signal.METRICS));
    return taken == null ? "cumulative" : taken.temporality();
  }

  private OtlpHeaders headers(Signal signal) {
    OtlpHeaders headers = new OtlpHeaders();
    headers.addMissing(ownOrGeneral(signal, "headers"));
    OtlpTarget target = target(signal);
    // What was meant for one server is not shown to another.
    if (baseUrl == null || target.isSameServer(baseUrl)) {
      headers.addMissing(environment.variable("TRACELOOP_HEADERS"));
    }
    Preset taken = presetOf(target);
    String token = taken == null ? null : environment.variable(taken.tokenVariable());
    if (taken != null && token != null) {
      headers.addMissingToken(taken.tokenScheme(), token);
    }
    return headers;
  }

  /** What holds for {@code target}: the preset that is asked for, or Dynatrace where that is. */
  private @Nullable Preset presetOf(OtlpTarget target) {
    OtlpTarget general = generalTarget();
    if (preset != null && general != null && target.isSameServer(general)) {
      return preset;
    }
    return isDynatrace(target) ? Preset.DYNATRACE : null;
  }

  private boolean isDynatrace(OtlpTarget target) {
    boolean tokenIsForIt =
        baseUrl != null
            && target.isSameServer(baseUrl)
            && environment.variable(Preset.DYNATRACE.tokenVariable()) != null;
    return tokenIsForIt || target.isDynatraceDomain();
  }

  private OtlpTarget target(Signal signal) {
    OtlpTarget named = namedTarget(signal);
    return named != null ? named : OtlpTarget.ofDefault(protocol(signal));
  }

  private @Nullable OtlpTarget namedTarget(Signal signal) {
    String own = environment.otel(signal.otlp("endpoint"));
    return own == null ? generalTarget() : new OtlpTarget(own);
  }

  /** Where goes what has no endpoint of its own; null if nothing says. */
  private @Nullable OtlpTarget generalTarget() {
    String named = environment.otel(ENDPOINT);
    OtlpTarget target = named == null ? baseUrl : new OtlpTarget(named);
    return target == null || preset == null ? target : target.orWithPath(preset.path());
  }

  private @Nullable String ownOrGeneral(Signal signal, String property) {
    String own = environment.otel(signal.otlp(property));
    return own != null ? own : environment.otel(OTLP + property);
  }

  private String describe(Signal signal) {
    String exporter = environment.otel(signal.exporter());
    return exporter == null || exporter.equals("otlp")
        ? "OTLP " + protocol(signal) + " to " + target(signal)
        : exporter;
  }
}
