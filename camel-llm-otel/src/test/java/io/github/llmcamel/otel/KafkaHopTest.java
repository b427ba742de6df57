/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.KafkaBroker;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trace goes on behind a Kafka topic. */
class KafkaHopTest {

  private static final String LLM = "llm:simulator?model=demo";

  private static KafkaBroker kafka;

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new KafkaBroker();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @ParameterizedTest
  @EnumSource
  void theCallsOnBothSidesAreInOneTrace(CamelTracer tracer) throws Exception {
    String topic = "documents-" + tracer;
    kafka.createTopic(topic);
    start(tracer, "kafka:" + topic + "?brokers=" + kafka.address());

    OwnThread.run(() -> context.createProducerTemplate().requestBody("direct:start", "Hi?"));
    OwnThread.run(() -> context.createProducerTemplate().requestBody("direct:start", "Ho?"));

    await().pollDelay(Duration.ZERO).until(() -> chats().size() == 6);
    Map<String, List<SpanData>> traces =
        chats().stream().collect(Collectors.groupingBy(SpanData::getTraceId));
    assertThat(traces).hasSize(2).allSatisfy((trace, spans) -> assertThat(spans).hasSize(3));
  }

  private void start(CamelTracer tracer, String topic) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to(LLM).to(topic);
            from(topic + "&groupId=answers&autoOffsetReset=earliest&pollTimeoutMs=100")
                .to(LLM)
                .to(LLM);
          }
        });
    context.start();
  }

  private List<SpanData> chats() {
    return telemetry.spans().stream().filter(span -> span.getName().equals("chat demo")).toList();
  }
}
