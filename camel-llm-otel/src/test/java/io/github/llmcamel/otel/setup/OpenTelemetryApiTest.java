/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTelemetryApiTest {

  @BeforeEach
  @AfterEach
  void forgetTheGlobalOne() {
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  void looksAtTheGlobalOneWithoutSettingIt() {
    assertThat(OpenTelemetryApi.global()).isNull();
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void findsTheGlobalOneOfTheApplication() {
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build();
    GlobalOpenTelemetry.set(sdk);

    assertThat(OpenTelemetryApi.global())
        .extracting(OpenTelemetry::getTracerProvider)
        .isSameAs(sdk.getTracerProvider());
    sdk.close();
  }

  @Test
  void passesOverAGlobalOneThatDoesNothing() {
    assertThat(GlobalOpenTelemetry.get()).isNotNull();

    assertThat(GlobalOpenTelemetry.isSet()).isTrue();
    assertThat(OpenTelemetryApi.global()).isNull();
  }

  @Test
  void seesNoAgentWhereThereIsNone() {
    assertThat(JavaAgent.isPresent()).isFalse();
  }

  @Test
  void readsTheVersionOfTheApi() {
    assertThat(OpenTelemetryApi.version()).isEqualTo("1.59.0");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"1.49.0", "1.59.0", "1.100.0", "2.0.0", "odd"})
  void worksWithNewerVersions(String version) {
    assertThat(OpenTelemetryApi.isSupported(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.48.0", "1.9.1", "0.17.0"})
  void knowsVersionsThatAreTooOld(String version) {
    assertThat(OpenTelemetryApi.isSupported(version)).isFalse();
  }
}
