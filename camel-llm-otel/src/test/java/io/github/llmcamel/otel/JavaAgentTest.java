/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.OtlpServer;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With OpenTelemetry's Java agent, everything is there once, in the agent's traces. */
class JavaAgentTest {

  private static final Path AGENTS = Path.of("target", "opentelemetry-javaagent");

  static List<Path> agents() throws IOException {
    try (Stream<Path> jars = Files.list(AGENTS)) {
      return jars.sorted().toList();
    }
  }

  @Test
  void isTriedWithTheOldestAndTheNewest() throws IOException {
    assertThat(agents()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("agents")
  void everySignalIsThereOnceAndInTheAgentsTrace(Path agent) throws Exception {
    try (OtlpServer collector = new OtlpServer();
        ScriptedLlmServer provider = ScriptedLlmServer.start();
        ChildJvm jvm =
            new ChildJvm(
                List.of(
                    "-javaagent:" + agent,
                    "-Dotel.service.name=shop",
                    "-Dotel.exporter.otlp.endpoint=" + collector.url()),
                ChildJvm.classPath(),
                ThreeCalls.class,
                provider.url() + "/v1")) {
      jvm.awaitLine(ThreeCalls.READY);
      List<Peer> requests = ThreeCalls.answer(provider);

      assertThat(jvm.awaitExit())
          .contains(ThreeCalls.ANSWERS)
          .contains("OpenTelemetry of the Java agent")
          .doesNotContain(" WARN ");
      ThreeCallsReceived.assertEverySignalOnce(collector);
      assertThat(ThreeCallsReceived.eventNames(collector))
          .containsExactly(ThreeCallsReceived.FAILED_EVENT);
      assertOneTrace(collector, requests);
      assertThat(collector.resourceSpans())
          .extracting(ResourceSpans::getResource)
          .allMatch(JavaAgentTest::isTheAgents);
      assertThat(collector.resourceMetrics())
          .extracting(ResourceMetrics::getResource)
          .allMatch(JavaAgentTest::isTheAgents);
    }
  }

  private static void assertOneTrace(OtlpServer collector, List<Peer> requests) {
    Span application = ThreeCallsReceived.named(collector, ThreeCalls.APPLICATION).get(0);
    assertThat(collector.spans())
        .as("the application's, three of calls and three of requests")
        .hasSize(7)
        .extracting(Span::getTraceId)
        .containsOnly(application.getTraceId());
    assertThat(ThreeCallsReceived.named(collector, "chat m"))
        .extracting(Span::getParentSpanId)
        .containsOnly(application.getSpanId());
    assertThat(requests)
        .extracting(Peer::headers)
        .noneMatch(headers -> headers.containsKey("baggage"));
    assertThat(requests.stream().map(peer -> peer.headers().get("traceparent")).toList().toString())
        .contains(
            ThreeCallsReceived.named(collector, "POST").stream()
                .map(span -> HexFormat.of().formatHex(span.getSpanId().toByteArray()))
                .toList());
  }

  private static boolean isTheAgents(Resource resource) {
    return resource.getAttributesList().stream()
        .anyMatch(
            attribute ->
                attribute.getKey().equals("telemetry.distro.name")
                    && attribute
                        .getValue()
                        .getStringValue()
                        .equals("opentelemetry-java-instrumentation"));
  }
}
