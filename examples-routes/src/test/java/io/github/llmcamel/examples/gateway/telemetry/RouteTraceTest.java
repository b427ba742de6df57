/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.telemetry.CallerTrace.Trust;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request's header carries the trace into the route, without a tracer of Camel. */
class RouteTraceTest {

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @Test
  void theCallOfAModelIsAChildOfTheRequest() throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:chat").to("llm:simulator?model=demo");
          }
        });
    context.start();
    ServerRequest request =
        ServerTelemetry.of(telemetry.openTelemetry())
            .start(Requests.chat(new CallerTrace(Requests.TRACEPARENT, null, Trust.TRUSTED)));
    String traceparent = request.traceparent();
    assertThat(traceparent).isNotNull();

    context
        .createProducerTemplate()
        .requestBodyAndHeader("direct:chat", "Hello", "traceparent", traceparent);
    request.end(200, null, Ended.COMPLETED);

    SpanData server = span("POST /v1/chat/completions");
    SpanData chat = span("chat demo");
    assertThat(chat.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(chat.getTraceId()).isEqualTo(server.getTraceId()).isEqualTo(Requests.TRACE_ID);
    assertThat(server.getParentSpanId()).isEqualTo(Requests.SPAN_ID);
  }

  private SpanData span(String name) {
    return telemetry.spans().stream()
        .filter(span -> span.getName().equals(name))
        .findAny()
        .orElseThrow();
  }
}
