/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.examples.gateway.telemetry.CallerTrace.Trust;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each request leaves one span and one point, as the conventions want them. */
class ServerTelemetryTest {

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final ServerTelemetry server = ServerTelemetry.of(telemetry.openTelemetry());

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void describesARequestByItsRoute() {
    server
        .start(Requests.of("GET", "/v1/models/{id}", "/v1/models/fast"))
        .end(200, null, Ended.COMPLETED);

    assertThat(onlySpan().getName()).isEqualTo("GET /v1/models/{id}");
    assertThat(onlySpan().getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(onlySpan().getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "GET")
                .put("http.route", "/v1/models/{id}")
                .put("http.response.status_code", 200)
                .put("url.scheme", "http")
                .put("url.path", "/v1/models/fast")
                .put("server.address", "gateway.test")
                .put("server.port", 8080)
                .put("client.address", "127.0.0.1")
                .put("user_agent.original", "curl/8.5")
                .put("network.protocol.version", "1.1")
                .build()
                .asMap());
  }

  @Test
  void measuresARequestWithoutWhatClientsChoose() {
    server.start(Requests.chat()).end(200, null, Ended.COMPLETED);

    assertThat(onlyDuration().attributes())
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "POST")
                .put("http.route", "/v1/chat/completions")
                .put("http.response.status_code", 200)
                .put("url.scheme", "http")
                .put("network.protocol.version", "1.1")
                .build());
    assertThat(onlyDuration().count()).isEqualTo(1);
  }

  @Test
  void bringsTheBoundsOfTheConventionsAndLeadsToTheSpan() {
    server.start(Requests.chat()).end(200, null, Ended.COMPLETED);

    MetricData metric = requireNonNull(telemetry.metrics().get("http.server.request.duration"));
    HistogramPointData point = metric.getHistogramData().getPoints().iterator().next();
    assertThat(point.getBoundaries())
        .containsExactly(
            0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    assertThat(point.getExemplars())
        .singleElement()
        .satisfies(
            exemplar ->
                assertThat(exemplar.getSpanContext()).isEqualTo(onlySpan().getSpanContext()));
  }

  @Test
  void namesNoMethodAndNoPathThatIsUnknown() {
    server.start(Requests.of("BREW", null, "/coffee")).end(404, null, Ended.REJECTED);

    assertThat(onlySpan().getName()).isEqualTo("HTTP");
    assertThat(onlySpan().getAttributes().get(stringKey("http.request.method")))
        .isEqualTo("_OTHER");
    assertThat(onlySpan().getAttributes().get(stringKey("http.request.method_original")))
        .isEqualTo("BREW");
    assertThat(onlySpan().getAttributes().get(stringKey("http.route"))).isNull();
    assertThat(onlyDuration().attributes().get(stringKey("http.request.method")))
        .isEqualTo("_OTHER");
  }

  @Test
  void namesAnUnknownPathByItsMethodAlone() {
    server.start(Requests.of("GET", null, "/etc/passwd")).end(404, null, Ended.REJECTED);

    assertThat(onlySpan().getName()).isEqualTo("GET");
  }

  @Test
  void countsARequestWhileItRuns() {
    ServerRequest request = server.start(Requests.chat());
    assertThat(active()).isEqualTo(1);

    request.end(200, null, Ended.COMPLETED);

    assertThat(active()).isZero();
  }

  @Test
  void endsOnce() {
    ServerRequest request = server.start(Requests.chat());
    request.end(200, null, Ended.COMPLETED);
    request.end(500, new IOException("late"), Ended.SHUTDOWN);

    assertThat(onlySpan().getAttributes().get(longKey("http.response.status_code"))).isEqualTo(200);
    assertThat(onlyDuration().count()).isEqualTo(1);
    assertThat(active()).isZero();
  }

  @Test
  void isAChildOfATrustedCaller() {
    server
        .start(Requests.chat(new CallerTrace(Requests.TRACEPARENT, "vendor=1", Trust.TRUSTED)))
        .end(200, null, Ended.COMPLETED);

    assertThat(onlySpan().getTraceId()).isEqualTo(Requests.TRACE_ID);
    assertThat(onlySpan().getParentSpanId()).isEqualTo(Requests.SPAN_ID);
    assertThat(onlySpan().getSpanContext().getTraceState().get("vendor")).isEqualTo("1");
    assertThat(onlySpan().getLinks()).isEmpty();
  }

  @Test
  void startsATraceWithALinkForACallerThatIsNotTrusted() {
    ServerRequest request =
        server.start(
            Requests.chat(new CallerTrace(Requests.TRACEPARENT, "vendor=1", Trust.UNTRUSTED)));
    request.end(200, null, Ended.COMPLETED);

    assertThat(onlySpan().getTraceId()).isNotEqualTo(Requests.TRACE_ID);
    assertThat(onlySpan().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    assertThat(onlySpan().getLinks())
        .singleElement()
        .satisfies(
            link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(Requests.SPAN_ID));
    assertThat(request.tracestate()).isNull();
  }

  @Test
  void startsATraceWhereTheCallersIsNotValid() {
    for (Trust trust : Trust.values()) {
      server
          .start(Requests.chat(new CallerTrace("00-\r\nx: y-01", null, trust)))
          .end(200, null, Ended.COMPLETED);
    }

    assertThat(telemetry.spans())
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid());
              assertThat(span.getLinks()).isEmpty();
            });
  }

  @Test
  void namesItselfForWhoContinuesTheTrace() {
    ServerRequest request =
        server.start(
            Requests.chat(new CallerTrace(Requests.TRACEPARENT, "vendor=1", Trust.TRUSTED)));
    request.end(200, null, Ended.COMPLETED);

    assertThat(request.traceId()).isEqualTo(Requests.TRACE_ID);
    assertThat(request.traceparent())
        .isEqualTo("00-%s-%s-01".formatted(Requests.TRACE_ID, onlySpan().getSpanId()));
    assertThat(request.tracestate()).isEqualTo("vendor=1");
  }

  @Test
  void tellsWhoAskedAndWhoAnswered() {
    ServerRequest request = server.start(Requests.chat());
    request.key("alice");
    request.model("fast\r\nx".repeat(100));
    request.answeredBy("groq", "llama-3.1-8b-instant");
    request.end(200, null, Ended.COMPLETED);

    Attributes attributes = onlySpan().getAttributes();
    assertThat(attributes.get(stringKey("llm.gateway.key"))).isEqualTo("alice");
    assertThat(attributes.get(stringKey("llm.gateway.model")))
        .hasSize(128)
        .startsWith("fast__xfast__x");
    assertThat(attributes.get(stringKey("llm.gateway.provider"))).isEqualTo("groq");
    assertThat(attributes.get(stringKey("llm.gateway.answered_model")))
        .isEqualTo("llama-3.1-8b-instant");
  }

  @Test
  void isAnErrorWhereTheServerIsToBlame() {
    assertThat(errorType(500, new IOException("prompt"), Ended.COMPLETED)).isEqualTo("500");
    assertThat(errorType(503, null, Ended.REJECTED)).isEqualTo("503");
    assertThat(errorType(200, new IOException("prompt"), Ended.COMPLETED))
        .isEqualTo("java.io.IOException");
    assertThat(errorType(0, new IOException("prompt"), Ended.COMPLETED))
        .isEqualTo("java.io.IOException");
    assertThat(errorType(200, null, Ended.SLOW_CLIENT)).isEqualTo("slow_client");
    assertThat(errorType(200, null, Ended.SHUTDOWN)).isEqualTo("shutdown");
    assertThat(telemetry.spans())
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.toString()).doesNotContain("prompt");
            });
  }

  @Test
  void isNoErrorWhereTheClientIsToBlame() {
    assertThat(errorType(200, null, Ended.COMPLETED)).isNull();
    assertThat(errorType(429, new IOException("full"), Ended.REJECTED)).isNull();
    assertThat(errorType(200, new IOException("broken pipe"), Ended.CLIENT_GONE)).isNull();
    assertThat(errorType(0, null, Ended.CLIENT_GONE)).isNull();
    assertThat(telemetry.spans())
        .allSatisfy(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET));
  }

  @Test
  void tellsHowARequestEndedThatIsNotComplete() {
    server.start(Requests.chat()).end(0, null, Ended.CLIENT_GONE);

    assertThat(onlySpan().getAttributes().get(stringKey("llm.gateway.ended")))
        .isEqualTo("client_gone");
    assertThat(onlySpan().getAttributes().get(longKey("http.response.status_code"))).isNull();
    assertThat(onlyDuration().attributes().get(longKey("http.response.status_code"))).isNull();
  }

  @Test
  void usesTheSpanOfWhoWatchesTheServerAlready() {
    Span ofAgent = telemetry.openTelemetry().getTracer("agent").spanBuilder("POST").startSpan();
    ServerRequest request;
    try (Scope current = ofAgent.makeCurrent()) {
      assertThat(current).isNotNull();
      request =
          server.start(Requests.chat(new CallerTrace(Requests.TRACEPARENT, null, Trust.UNTRUSTED)));
    }
    request.key("alice");
    request.end(500, null, Ended.SHUTDOWN);
    assertThat(request.traceparent()).contains(ofAgent.getSpanContext().getSpanId());
    assertThat(telemetry.spans()).isEmpty();
    ofAgent.end();

    assertThat(onlySpan().getName()).isEqualTo("POST /v1/chat/completions");
    assertThat(onlySpan().getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("http.route", "/v1/chat/completions")
                .put("llm.gateway.key", "alice")
                .put("llm.gateway.ended", "shutdown")
                .build()
                .asMap());
    assertThat(telemetry.metrics()).isEmpty();
  }

  @Test
  void isNothingWithoutAnOpenTelemetry() {
    for (ServerTelemetry none :
        List.of(ServerTelemetry.of(null), ServerTelemetry.of(OpenTelemetry.noop()))) {
      ServerRequest request =
          none.start(Requests.chat(new CallerTrace(Requests.TRACEPARENT, null, Trust.TRUSTED)));
      request.key("alice");
      request.end(200, null, Ended.COMPLETED);

      assertThat(request).isSameAs(none.start(Requests.chat()));
      assertThat(request.traceparent()).isNull();
      assertThat(request.tracestate()).isNull();
      assertThat(request.traceId()).isNull();
    }
  }

  /** What the span and the point of a request that ends like this agree on. */
  private @Nullable String errorType(int status, @Nullable Throwable failure, Ended ended) {
    int before = telemetry.spans().size();
    server.start(Requests.chat()).end(status, failure, ended);
    String ofSpan = telemetry.spans().get(before).getAttributes().get(stringKey("error.type"));
    assertThat(telemetry.points("http.server.request.duration"))
        .anySatisfy(
            point -> assertThat(point.attributes().get(stringKey("error.type"))).isEqualTo(ofSpan));
    return ofSpan;
  }

  private SpanData onlySpan() {
    assertThat(telemetry.spans()).hasSize(1);
    return telemetry.spans().get(0);
  }

  private Point onlyDuration() {
    List<Point> points = telemetry.points("http.server.request.duration");
    assertThat(points).hasSize(1);
    return points.get(0);
  }

  private double active() {
    List<Point> points = telemetry.points("http.server.active_requests");
    assertThat(points)
        .singleElement()
        .extracting(Point::attributes)
        .isEqualTo(
            Attributes.builder()
                .put("http.request.method", "POST")
                .put("url.scheme", "http")
                .build());
    return points.get(0).value();
  }
}
