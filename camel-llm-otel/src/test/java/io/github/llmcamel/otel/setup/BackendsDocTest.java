/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/backends.md} tells people to write is understood as it is meant. */
class BackendsDocTest {

  private static final Path PAGE = Path.of("../docs/backends.md");
  private static final String LOCAL = "OTLP http/protobuf to http://localhost:4318, temporality ";

  static Stream<Arguments> backends() {
    return Stream.of(
        backend("OpenTelemetry Collector", LOCAL + "cumulative"),
        backend(
            "Dynatrace",
            "preset dynatrace, OTLP http/protobuf to"
                + " https://abc12345.live.dynatrace.com/api/v2/otlp, temporality delta",
            "authorization=Api-Token%20TOKEN"),
        backend(
            "Dynatrace, without the preset",
            "OTLP http/protobuf to https://abc12345.live.dynatrace.com/api/v2/otlp,"
                + " temporality delta",
            "authorization=Api-Token%20TOKEN"),
        backend(
            "Grafana Cloud",
            "OTLP http/protobuf to https://otlp-gateway-prod-eu-west-0.grafana.net/otlp,"
                + " temporality cumulative",
            "authorization=Basic%20BASE64"),
        backend("Grafana Alloy", LOCAL + "cumulative"),
        backend("Datadog Agent", LOCAL + "delta"),
        backend(
            "Honeycomb",
            "OTLP http/protobuf to https://api.honeycomb.io:443, temporality cumulative",
            "x-honeycomb-dataset=llm-metrics,x-honeycomb-team=KEY",
            "x-honeycomb-team=KEY"),
        backend(
            "New Relic",
            "OTLP http/protobuf to https://otlp.nr-data.net:4318, temporality delta",
            "api-key=KEY"),
        backend(
            "Prometheus",
            "traces by none, metrics by OTLP http/protobuf to"
                + " http://localhost:9090/api/v1/otlp/v1/metrics, logs by none,"
                + " temporality cumulative"),
        backend(
            "Jaeger",
            "traces by OTLP http/protobuf to http://localhost:4318/v1/traces, metrics by none,"
                + " logs by none, temporality cumulative"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theLinesMean(String name, String description, List<String> headers) throws IOException {
    Map<String, String> lines = Objects.requireNonNull(table().get(name));
    OtlpSettings settings =
        new OtlpSettings(new Environment(property -> null, lines::get, lines::get));

    assertThat(settings.askForExport()).isTrue();
    assertThat(settings.describe()).isEqualTo(description);
    assertThat(
            settings.overrides().entrySet().stream()
                .filter(property -> property.getKey().endsWith("headers"))
                .map(Map.Entry::getValue)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(headers);
    assertThat(settings.defaults("camel-1").keySet())
        .as("passed on to the SDK")
        .containsAll(
            lines.keySet().stream()
                .filter(line -> line.startsWith("OTEL_"))
                .map(line -> line.toLowerCase(Locale.ROOT).replace('_', '.'))
                .toList());
  }

  @Test
  void everyRowIsChecked() throws IOException {
    assertThat(backends().map(backend -> backend.get()[0]))
        .containsExactlyElementsOf(table().keySet());
  }

  private static Arguments backend(String name, String description, String... headers) {
    return Arguments.of(name, description, List.of(headers));
  }

  /** The lines of each back end. */
  private static Map<String, Map<String, String>> table() throws IOException {
    Map<String, Map<String, String>> table = new LinkedHashMap<>();
    for (String row : Files.readAllLines(PAGE)) {
      String[] cells = row.split("\\|", -1);
      if (cells.length > 3 && cells[2].contains("=")) {
        table.put(
            cells[1].strip(),
            Stream.of(cells[2].strip().split("<br>", -1))
                .map(line -> line.replace("`", "").split("=", 2))
                .collect(
                    Collectors.toMap(line -> line[0], line -> line[1], (a, b) -> b, HashMap::new)));
      }
    }
    return table;
  }
}
