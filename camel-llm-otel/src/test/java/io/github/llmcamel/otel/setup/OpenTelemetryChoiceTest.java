/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.setup.ChosenOpenTelemetry.Origin;
import io.github.llmcamel.testkit.CapturedLog;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryChoiceTest {

  private static final Map<String, String> NOTHING = Map.of();
  private static final Map<String, String> COLLECTOR =
      Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9", "OTEL_METRICS_EXPORTER", "none");

  private final OpenTelemetry bean = OpenTelemetrySdk.builder().build();
  private final OpenTelemetry ofAgent = OpenTelemetrySdk.builder().build();
  private final OpenTelemetrySdk global = OpenTelemetrySdk.builder().build();

  @BeforeEach
  @AfterEach
  void forgetTheGlobalOne() {
    GlobalOpenTelemetry.resetForTest();
  }

  @Test
  void prefersABeanToAllOthers() {
    GlobalOpenTelemetry.set(global);

    ChosenOpenTelemetry chosen = choice(COLLECTOR, ofAgent).choose(List.of(bean), "camel-1");

    assertThat(chosen.origin()).isEqualTo(Origin.BEAN);
    assertThat(chosen.openTelemetry()).isSameAs(bean);
    assertThat(chosen.description()).isEqualTo("OpenTelemetry from the registry");
  }

  @Test
  void prefersTheAgentsToTheGlobalOne() {
    GlobalOpenTelemetry.set(global);

    ChosenOpenTelemetry chosen = choice(COLLECTOR, ofAgent).choose(List.of(), "camel-1");

    assertThat(chosen.origin()).isEqualTo(Origin.AGENT);
    assertThat(chosen.openTelemetry()).isSameAs(ofAgent);
  }

  @Test
  void prefersTheGlobalOneToBuildingOne() {
    GlobalOpenTelemetry.set(global);

    ChosenOpenTelemetry chosen = choice(COLLECTOR, null).choose(List.of(), "camel-1");

    assertThat(chosen.origin()).isEqualTo(Origin.GLOBAL);
    assertThat(chosen.openTelemetry().getTracerProvider()).isSameAs(global.getTracerProvider());
  }

  @Test
  void buildsOneInsteadOfAGlobalOneThatDoesNothingAndLeavesThatInPlace() {
    OpenTelemetry pinned = GlobalOpenTelemetry.get();

    try (ChosenOpenTelemetry chosen = choice(COLLECTOR, null).choose(List.of(), "camel-1")) {
      assertThat(chosen.origin()).isEqualTo(Origin.BUILT);
      assertThat(chosen.openTelemetry()).isInstanceOf(OpenTelemetrySdk.class);
      assertThat(chosen.description())
          .startsWith("OpenTelemetry built from the environment, traces by OTLP http/protobuf to")
          .endsWith("temporality cumulative");
    }
    assertThat(GlobalOpenTelemetry.get()).isSameAs(pinned);
  }

  @Test
  void buildsOneWithoutRegisteringItGlobally() {
    try (ChosenOpenTelemetry chosen = choice(COLLECTOR, null).choose(List.of(), "camel-1")) {
      assertThat(chosen.origin()).isEqualTo(Origin.BUILT);
    }
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void hasNoneAndNoThreadsWhenNothingAsksForTelemetry() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    ChosenOpenTelemetry chosen = choice(NOTHING, null).choose(List.of(), "camel-1");

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("Batch") || name.startsWith("Periodic"));
    assertThat(chosen.origin()).isEqualTo(Origin.NONE);
    assertThat(chosen.isPresent()).isFalse();
    assertThat(chosen.openTelemetry()).isSameAs(OpenTelemetry.noop());
    assertThat(chosen.description()).contains("set OTEL_EXPORTER_OTLP_ENDPOINT to switch it on");
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void usesNoneOfSeveralBeansAndSaysSo() {
    try (CapturedLog log = new CapturedLog()) {
      ChosenOpenTelemetry chosen = choice(NOTHING, null).choose(List.of(bean, ofAgent), "camel-1");

      assertThat(chosen.origin()).isEqualTo(Origin.NONE);
      assertThat(log.linesWith("WARN")).hasSize(1);
      assertThat(log.text()).contains("holds 2 OpenTelemetry beans");
    }
  }

  @Test
  void refusesAnApiThatIsTooOldAndNamesTheCure() {
    OpenTelemetryChoice choice =
        new OpenTelemetryChoice(
            environment(COLLECTOR), "1.48.0", () -> false, () -> ofAgent, new SharedSdk());

    assertThatThrownBy(() -> choice.choose(List.of(bean), "camel-1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "OpenTelemetry API 1.48.0 is too old: use io.opentelemetry:opentelemetry-api 1.49 or"
                + " newer");
  }

  private static OpenTelemetryChoice choice(
      Map<String, String> variables, @Nullable OpenTelemetry ofAgent) {
    return new OpenTelemetryChoice(
        environment(variables),
        OpenTelemetryApi.version(),
        () -> ofAgent != null,
        () -> {
          assertThat(ofAgent).isNotNull();
          return ofAgent;
        },
        new SharedSdk());
  }

  private static Environment environment(Map<String, String> variables) {
    return new Environment(name -> null, variables::get, name -> null);
  }
}
