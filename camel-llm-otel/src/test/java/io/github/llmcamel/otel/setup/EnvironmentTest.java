/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void prefersJvmPropertiesThenVariablesThenCamelProperties() {
    Environment environment =
        new Environment(
            Map.of("otel.service.name", "jvm")::get,
            Map.of("OTEL_SERVICE_NAME", "variable", "OTEL_PROPAGATORS", "b3")::get,
            Map.of(
                    "otel.service.name",
                    "camel",
                    "otel.propagators",
                    "jaeger",
                    "otel.traces.sampler",
                    "always_on")
                ::get);

    assertThat(environment.otel("otel.service.name")).isEqualTo("jvm");
    assertThat(environment.otel("otel.propagators")).isEqualTo("b3");
    assertThat(environment.otel("otel.traces.sampler")).isEqualTo("always_on");
    assertThat(environment.otel("otel.logs.exporter")).isNull();
  }

  @Test
  void takesABlankValueForNone() {
    Environment environment =
        new Environment(
            Map.of("otel.service.name", " ")::get,
            Map.of("OTEL_SERVICE_NAME", "", "APP_NAME", "  ")::get,
            Map.of("otel.service.name", " shop ")::get);

    assertThat(environment.otel("otel.service.name")).isEqualTo("shop");
    assertThat(environment.variable("APP_NAME")).isNull();
  }

  @Test
  void listsWhatIsSetForOneSignalAndForAll() {
    Environment environment =
        new Environment(
            name -> null,
            Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a")::get,
            Map.of(
                    "otel.exporter.otlp.logs.client.key",
                    "key.pem",
                    "otel.metric.export.interval",
                    "5000")
                ::get);

    assertThat(environment.otel())
        .isEqualTo(
            Map.of(
                "otel.exporter.otlp.endpoint",
                "http://a",
                "otel.exporter.otlp.logs.client.key",
                "key.pem",
                "otel.metric.export.interval",
                "5000"));
  }
}
