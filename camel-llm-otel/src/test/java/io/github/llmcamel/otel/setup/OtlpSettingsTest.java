/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpSettingsTest {

  @Test
  void exportsNothingUnasked() {
    assertThat(settings(Map.of()).askForExport()).isFalse();
    assertThat(settings(Map.of("APP_NAME", "shop")).askForExport()).isFalse();
    assertThat(settings(Map.of("DT_OTLP_TOKEN", "dt0c01.secret")).askForExport()).isFalse();
    assertThat(settings(Map.of("OTEL_TRACES_EXPORTER", "none")).askForExport()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector:4318",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://collector:4318/v1/traces",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, http://collector:4318/v1/metrics",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, http://collector:4318/v1/logs",
    "OTEL_TRACES_EXPORTER, otlp",
    "OTEL_METRICS_EXPORTER, otlp",
    "OTEL_LOGS_EXPORTER, console",
    "TRACELOOP_BASE_URL, http://collector:4318",
  })
  void exportsOnceAnythingNamesAnExporterOrAnEndpoint(String variable, String value) {
    assertThat(settings(Map.of(variable, value)).askForExport()).isTrue();
  }

  @Test
  void exportsWhenJvmOrCamelPropertiesAskForIt() {
    Environment ofJvm =
        new Environment(
            Map.of("otel.exporter.otlp.endpoint", "http://a")::get, name -> null, name -> null);
    Environment ofCamel =
        new Environment(name -> null, name -> null, Map.of("otel.traces.exporter", "otlp")::get);

    assertThat(new OtlpSettings(ofJvm).askForExport()).isTrue();
    assertThat(new OtlpSettings(ofCamel).askForExport()).isTrue();
  }

  @Test
  void exportsNothingWhenTheSdkIsDisabledOrEveryExporterIsNone() {
    Map<String, String> asked = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a");

    assertThat(settings(asked, "OTEL_SDK_DISABLED", "true").askForExport()).isFalse();
    assertThat(settings(asked, "OTEL_SDK_DISABLED", "false").askForExport()).isTrue();
    assertThat(
            settings(
                    asked,
                    "OTEL_TRACES_EXPORTER",
                    "none",
                    "OTEL_METRICS_EXPORTER",
                    "none",
                    "OTEL_LOGS_EXPORTER",
                    "none")
                .askForExport())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://collector:4318, http/protobuf",
    "http://collector:4317, grpc",
    "https://collector, http/protobuf",
    "https://abc.live.dynatrace.com/api/v2/otlp, http/protobuf",
  })
  void guessesTheProtocolFromThePort(String url, String protocol) {
    assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url)).defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", protocol)
        .containsEntry("otel.exporter.otlp.metrics.protocol", protocol)
        .containsEntry("otel.exporter.otlp.logs.protocol", protocol);
    assertThat(settings(Map.of("TRACELOOP_BASE_URL", url)).defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", protocol);
  }

  @Test
  void speaksHttpToTheDefaultEndpoint() {
    OtlpSettings settings = settings(Map.of("OTEL_TRACES_EXPORTER", "otlp"));

    assertThat(settings.defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", "http/protobuf");
    assertThat(settings.describe())
        .isEqualTo("OTLP http/protobuf to http://localhost:4318, temporality cumulative");
  }

  @Test
  void leavesTheProtocolToWhoeverNamesIt() {
    Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4317");

    assertThat(
            settings(environment, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", "http/protobuf")
        .containsEntry("otel.exporter.otlp.logs.protocol", "http/protobuf");
    assertThat(
            settings(environment, "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/protobuf")
                .defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", "grpc")
        .containsEntry("otel.exporter.otlp.logs.protocol", "http/protobuf");
  }

  @Test
  void guessesTheProtocolOfEachSignalFromItsOwnEndpoint() {
    assertThat(
            settings(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://a:4318",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        "http://b:4317"))
                .defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.traces.protocol", "grpc")
        .containsEntry("otel.exporter.otlp.metrics.protocol", "http/protobuf");
  }

  @Test
  void takesTheBaseUrlOfTheSeedUnlessOpenTelemetryNamesAnEndpoint() {
    Map<String, String> seed = Map.of("TRACELOOP_BASE_URL", "http://seed:4318");

    assertThat(settings(seed).defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.endpoint", "http://seed:4318");
    assertThat(settings(seed, "OTEL_EXPORTER_OTLP_ENDPOINT", "http://otel:4318").defaults("c"))
        .containsEntry("otel.exporter.otlp.endpoint", "http://otel:4318");
  }

  static Stream<Map<String, String>> environmentsThatNameTheServiceOtel() {
    return Stream.of(
        Map.of("OTEL_SERVICE_NAME", "otel"),
        Map.of("OTEL_SERVICE_NAME", "otel", "APP_NAME", "app"),
        Map.of("OTEL_SERVICE_NAME", "otel", "OTEL_RESOURCE_ATTRIBUTES", "service.name=resource"));
  }

  @ParameterizedTest
  @MethodSource("environmentsThatNameTheServiceOtel")
  void namesTheServiceAsOpenTelemetrySays(Map<String, String> environment) {
    assertThat(settings(environment).defaults("camel-1"))
        .containsEntry("otel.service.name", "otel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service.name=resource", "a=b, service.name=resource"})
  void leavesTheServiceNameToTheResourceAttributes(String attributes) {
    assertThat(
            settings(Map.of("OTEL_RESOURCE_ATTRIBUTES", attributes, "APP_NAME", "app"))
                .defaults("camel-1"))
        .doesNotContainKey("otel.service.name")
        .containsEntry("otel.resource.attributes", attributes);
  }

  @Test
  void namesTheServiceAfterTheAppAndElseAfterTheContext() {
    Map<String, String> other = Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.namespace=x");

    assertThat(settings(other, "APP_NAME", "app").defaults("camel-1"))
        .containsEntry("otel.service.name", "app");
    assertThat(settings(other).defaults("camel-1")).containsEntry("otel.service.name", "camel-1");
  }

  @Test
  void showsTheTokenToTheBaseUrlAlone() {
    Map<String, String> seed =
        Map.of("DT_OTLP_TOKEN", "dt0c01.a+b c", "TRACELOOP_BASE_URL", "https://seed/otlp");

    assertThat(settings(seed).overrides())
        .isEqualTo(ofEverySignal("authorization=Api-Token%20dt0c01.a%2Bb%20c"));
    assertThat(settings(seed, "OTEL_EXPORTER_OTLP_ENDPOINT", "https://other").overrides())
        .isEmpty();
    assertThat(
            settings(seed, "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://seed/v1/logs").overrides())
        .containsOnlyKeys(
            "otel.exporter.otlp.traces.headers", "otel.exporter.otlp.metrics.headers");
    assertThat(
            settings(Map.of("DT_OTLP_TOKEN", "t", "OTEL_EXPORTER_OTLP_ENDPOINT", "https://other"))
                .overrides())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://abc.live.dynatrace.com/api/v2/otlp",
        "https://abc.sprint.dynatracelabs.com/api/v2/otlp",
        "https://abc.dynatrace-managed.com/e/1/api/v2/otlp"
      })
  void showsTheTokenToDynatrace(String url) {
    assertThat(
            settings(Map.of("DT_OTLP_TOKEN", "t", "OTEL_EXPORTER_OTLP_ENDPOINT", url)).overrides())
        .isEqualTo(ofEverySignal("authorization=Api-Token%20t"));
  }

  @Test
  void doesNotTakeEveryHostForDynatraceThatContainsTheName() {
    assertThat(
            settings(
                    Map.of(
                        "DT_OTLP_TOKEN",
                        "t",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "https://live.dynatrace.com.evil.example"))
                .overrides())
        .isEmpty();
  }

  @Test
  void doesNotReplaceACredential() {
    assertThat(
            settings(
                    Map.of(
                        "DT_OTLP_TOKEN",
                        "t",
                        "TRACELOOP_BASE_URL",
                        "https://seed",
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "Authorization=Bearer%20x"))
                .overrides())
        .isEqualTo(ofEverySignal("authorization=Bearer%20x"));
  }

  @Test
  void mergesHeadersByNameAndOpenTelemetrysOwnWin() {
    assertThat(
            settings(
                    Map.of(
                        "TRACELOOP_HEADERS",
                        "X-Tenant=seed,x-seed=1",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "https://a",
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "x-tenant=otel",
                        "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
                        "x-tenant=logs"))
                .overrides())
        .isEqualTo(
            Map.of(
                "otel.exporter.otlp.traces.headers", "x-seed=1,x-tenant=otel",
                "otel.exporter.otlp.metrics.headers", "x-seed=1,x-tenant=otel",
                "otel.exporter.otlp.logs.headers", "x-seed=1,x-tenant=logs"));
  }

  @Test
  void keepsTheHeadersOfTheBaseUrlFromOtherServers() {
    assertThat(
            settings(
                    Map.of(
                        "TRACELOOP_BASE_URL",
                        "https://seed",
                        "TRACELOOP_HEADERS",
                        "x-api-key=secret",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "https://other"))
                .overrides())
        .isEmpty();
  }

  @Test
  void refusesAHeaderThatIsNotEncodedWithoutRepeatingIt() {
    OtlpSettings settings = settings(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=canary%zz"));

    assertThatThrownBy(settings::overrides)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The value of the OTLP header x-api-key is not percent-encoded")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://abc.live.dynatrace.com/api/v2/otlp, delta",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, https://abc.live.dynatrace.com/v1/metrics, delta",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://abc.live.dynatrace.com/v1/traces, cumulative",
    "TRACELOOP_BASE_URL, https://abc.live.dynatrace.com/api/v2/otlp, delta",
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://collector, cumulative",
    "TRACELOOP_BASE_URL, https://collector, cumulative",
  })
  void sendsDeltasToDynatraceAlone(String variable, String url, String temporality) {
    assertThat(settings(Map.of(variable, url)).defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.metrics.temporality.preference", temporality);
  }

  @Test
  void takesATargetThatGetsTheTokenForDynatrace() {
    Map<String, String> seed =
        Map.of("TRACELOOP_BASE_URL", "https://activegate:9999/otlp", "DT_OTLP_TOKEN", "t");

    assertThat(settings(seed).defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.metrics.temporality.preference", "delta");
    assertThat(
            settings(seed, "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector").defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.metrics.temporality.preference", "cumulative");
  }

  @Test
  void leavesTheTemporalityToWhoeverNamesIt() {
    assertThat(
            settings(
                    Map.of(
                        "TRACELOOP_BASE_URL",
                        "https://abc.live.dynatrace.com",
                        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                        "cumulative"))
                .defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.metrics.temporality.preference", "cumulative");
  }

  @Test
  void describesWhereEachSignalGoesWithoutSecrets() {
    assertThat(
            settings(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "https://user:canary@a:4318/base?key=canary",
                        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
                        "http://b:4317",
                        "OTEL_LOGS_EXPORTER",
                        "none",
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "x-api-key=canary"))
                .describe())
        .isEqualTo(
            "traces by OTLP http/protobuf to https://a:4318/base, metrics by OTLP grpc to"
                + " http://b:4317, logs by none, temporality cumulative");
  }

  @Test
  void survivesAnUnreadableUrl() {
    assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a b?canary")).describe())
        .isEqualTo("OTLP http/protobuf to an unreadable URL, temporality cumulative");
  }

  @ParameterizedTest
  @CsvSource({
    "https://abc.live.dynatrace.com, https://abc.live.dynatrace.com/api/v2/otlp",
    "https://abc.live.dynatrace.com/, https://abc.live.dynatrace.com/api/v2/otlp",
    "https://abc.live.dynatrace.com/api/v2/otlp, https://abc.live.dynatrace.com/api/v2/otlp",
    "https://gate:9999/e/abc/api/v2/otlp, https://gate:9999/e/abc/api/v2/otlp",
    "https://proxy:4317, https://proxy:4317/api/v2/otlp",
  })
  void presetDynatraceCompletesAnEndpoint(String url, String completed) {
    for (String variable : List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "TRACELOOP_BASE_URL")) {
      OtlpSettings settings = preset("Dynatrace", variable, url, "DT_OTLP_TOKEN", "dt0c01.a+b");

      assertThat(settings.askForExport()).isTrue();
      assertThat(settings.overrides())
          .containsEntry("otel.exporter.otlp.endpoint", completed)
          .containsAllEntriesOf(ofEverySignal("authorization=Api-Token%20dt0c01.a%2Bb"));
      assertThat(settings.defaults("camel-1"))
          .containsEntry("otel.exporter.otlp.traces.protocol", "http/protobuf")
          .containsEntry("otel.exporter.otlp.metrics.temporality.preference", "delta");
      assertThat(settings.describe())
          .isEqualTo(
              "preset dynatrace, OTLP http/protobuf to %s, temporality delta".formatted(completed));
    }
  }

  @Test
  void aPresetLeavesWhatIsSetAndWhatGoesElsewhere() {
    OtlpSettings settings =
        preset(
            "dynatrace",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "https://abc.live.dynatrace.com",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
            "http://prometheus:9090/api/v1/otlp/v1/metrics",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization=Bearer%20x");

    assertThat(settings.overrides())
        .containsEntry("otel.exporter.otlp.traces.headers", "authorization=Bearer%20x");
    assertThat(settings.defaults("camel-1"))
        .containsEntry("otel.exporter.otlp.metrics.temporality.preference", "cumulative");
  }

  @Test
  void aPresetSaysWhatItMisses() {
    assertThatThrownBy(() -> preset("dynatrace", "DT_OTLP_TOKEN", "canary"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "camel.llm-otel.preset is dynatrace, but nothing says where that is;"
                + " set OTEL_EXPORTER_OTLP_ENDPOINT");
    assertThatThrownBy(() -> preset("dynatrace", "OTEL_EXPORTER_OTLP_ENDPOINT", "https://a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "camel.llm-otel.preset is dynatrace, but there is no token for it; set DT_OTLP_TOKEN");
    assertThatThrownBy(() -> preset("datadog"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("camel.llm-otel.preset is 'datadog'; use dynatrace");
    assertThat(preset("dynatrace", "OTEL_SDK_DISABLED", "true").askForExport()).isFalse();
  }

  private static Map<String, String> ofEverySignal(String headers) {
    return Map.of(
        "otel.exporter.otlp.traces.headers", headers,
        "otel.exporter.otlp.metrics.headers", headers,
        "otel.exporter.otlp.logs.headers", headers);
  }

  private static OtlpSettings settings(Map<String, String> variables, String... more) {
    Map<String, String> all = new HashMap<>(variables);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return new OtlpSettings(new Environment(name -> null, all::get, name -> null));
  }

  private static OtlpSettings preset(String name, String... variables) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return new OtlpSettings(
        new Environment(variable -> null, all::get, Map.of("camel.llm-otel.preset", name)::get));
  }
}
