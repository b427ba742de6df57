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
  private static final String TEMPORALITY = OTLP + "metrics.temporality.preference";

  private final Environment environment;
  private final @Nullable OtlpTarget baseUrl;
  private final @Nullable String token;

  OtlpSettings(Environment environment) {
    this.environment = environment;
    String url = environment.variable("TRACELOOP_BASE_URL");
    this.baseUrl = url == null ? null : new OtlpTarget(url);
    this.token = environment.variable("DT_OTLP_TOKEN");
  }

  /** Whether anything names an exporter or an endpoint, and nothing forbids to export. */
  boolean askForExport() {
    return !Boolean.parseBoolean(environment.otel("otel.sdk.disabled"))
        && Arrays.stream(Signal.values()).anyMatch(this::isExportAsked);
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
      properties.put(OTLP + "endpoint", baseUrl.url());
    }
    for (Signal signal : Signal.values()) {
      // The SDK's own default is grpc, whatever the port.
      properties.put(signal.otlp("protocol"), protocol(signal));
    }
    properties.put(TEMPORALITY, temporality());
    properties.putAll(environment.otel());
    return properties;
  }

  /** Header properties that hold over everything, since they contain what everything says. */
  Map<String, String> headers() {
    Map<String, String> properties = new LinkedHashMap<>();
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
    return exporters + ", temporality " + temporality();
  }

  private boolean isExportAsked(Signal signal) {
    String exporter = environment.otel(signal.exporter());
    if (exporter != null) {
      return !exporter.equals("none");
    }
    return baseUrl != null || endpoint(signal) != null;
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
    return target == null ? OtlpTarget.HTTP : target.likelyProtocol();
  }

  private String temporality() {
    String named = environment.otel(TEMPORALITY);
    if (named != null) {
      return named;
    }
    return isDynatrace(target(Signal.METRICS)) ? "delta" : "cumulative";
  }

  private OtlpHeaders headers(Signal signal) {
    OtlpHeaders headers = new OtlpHeaders();
    headers.addMissing(ownOrGeneral(signal, "headers"));
    OtlpTarget target = target(signal);
    // What was meant for one server is not shown to another.
    if (baseUrl == null || target.isSameServer(baseUrl)) {
      headers.addMissing(environment.variable("TRACELOOP_HEADERS"));
    }
    if (token != null && isDynatrace(target)) {
      headers.addMissingApiToken(token);
    }
    return headers;
  }

  private boolean isDynatrace(OtlpTarget target) {
    boolean tokenIsForIt = token != null && baseUrl != null && target.isSameServer(baseUrl);
    return tokenIsForIt || target.isDynatraceDomain();
  }

  private OtlpTarget target(Signal signal) {
    OtlpTarget named = namedTarget(signal);
    return named != null ? named : OtlpTarget.ofDefault(protocol(signal));
  }

  private @Nullable OtlpTarget namedTarget(Signal signal) {
    String url = endpoint(signal);
    return url == null ? baseUrl : new OtlpTarget(url);
  }

  private @Nullable String endpoint(Signal signal) {
    return ownOrGeneral(signal, "endpoint");
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
