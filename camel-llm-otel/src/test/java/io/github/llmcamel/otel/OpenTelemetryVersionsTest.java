/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenTelemetry of other versions on the class path than the one this module is built with, which
 * all other tests run with.
 */
class OpenTelemetryVersionsTest {

  private final ScriptedLlmServer provider = ScriptedLlmServer.start();
  private OtlpServer collector;

  @BeforeEach
  void start() throws Exception {
    collector = new OtlpServer();
  }

  @AfterEach
  void stop() {
    collector.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.57.0", "1.67.0"})
  void everySignalArrives(String version) throws Exception {
    run(version);

    ThreeCallsReceived.assertEverySignalOnce(collector);
    assertThat(ThreeCallsReceived.eventNames(collector))
        .containsExactly(ThreeCallsReceived.FAILED_EVENT);
  }

  @Test
  void anEventHasItsNameAsAnAttributeWhereItCannotHaveOneOfItsOwn() throws Exception {
    run("1.49.0");

    ThreeCallsReceived.assertEverySignalOnce(collector);
    assertThat(collector.logRecords())
        .flatMap(LogRecord::getAttributesList)
        .filteredOn(attribute -> attribute.getKey().equals("event.name"))
        .extracting(attribute -> attribute.getValue().getStringValue())
        .containsExactly(ThreeCallsReceived.FAILED_EVENT);
  }

  @Test
  void oneThatIsTooOldIsRefusedOnceAndTheRouteRuns() throws Exception {
    String output = run("1.48.0");

    assertThat(output.lines().filter(line -> line.contains("WARN")))
        .singleElement()
        .asString()
        .contains("1.48.0 is too old: use io.opentelemetry:opentelemetry-api 1.49 or newer");
    assertThat(collector.requests()).isEmpty();
  }

  private String run(String version) throws Exception {
    Path jars = Path.of("target", "opentelemetry", version);
    try (ChildJvm jvm =
        new ChildJvm(
            List.of("-Dotel.exporter.otlp.endpoint=" + collector.url()),
            ChildJvm.classPathWithOpenTelemetryOf(jars),
            ThreeCalls.class,
            provider.url() + "/v1")) {
      jvm.awaitLine(ThreeCalls.READY);
      ThreeCalls.answer(provider);
      String output = jvm.awaitExit();
      assertThat(output).contains(ThreeCalls.ANSWERS);
      return output;
    }
  }
}
