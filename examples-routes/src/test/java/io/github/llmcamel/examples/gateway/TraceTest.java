/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.llmcamel.examples.batch.Collector;
import io.github.llmcamel.examples.gateway.access.NewKey;
import io.github.llmcamel.examples.launch.CannotStartException;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From the client to the provider, it is one trace, or one that begins here. */
class TraceTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT_SPAN = "b7ad6b7169203331";
  private static final String[] TRACED = {
    "traceparent", "00-%s-%s-01".formatted(TRACE, CLIENT_SPAN),
    "tracestate", "vendor=1",
    "baggage", "secret=value"
  };
  private static final String[] FROM_ELSEWHERE = {"X-Forwarded-For", "192.0.2.1"};

  @TempDir private static Path folder;
  @RegisterExtension private static final Upstream UPSTREAM = new Upstream();
  @RegisterExtension private final Collector collector = new Collector();

  private final NewKey key = NewKey.create("alice");

  @Test
  void aClientOnThisMachineIsTrusted() throws CannotStartException {
    assertThat(ask(List.of(), TRACED)).isEqualTo(200);

    isOneTraceWithTheClients();
  }

  @Test
  void aClientWithAKeyIsTrusted() throws CannotStartException {
    assertThat(ask(List.of(withKey()), TRACED, bearer(), FROM_ELSEWHERE)).isEqualTo(200);

    isOneTraceWithTheClients();
    Span server = traces().server().get(0);
    assertThat(Traces.attribute(server, "llm.gateway.key")).isEqualTo("alice");
  }

  @Test
  void aClientThatNobodyKnowsIsNotTrusted() throws CannotStartException {
    assertThat(ask(List.of(withKey()), TRACED, FROM_ELSEWHERE)).isEqualTo(401);

    beginsATraceWithALinkToTheClients();
    assertThat(UPSTREAM.requests("a")).isEmpty();
  }

  @Test
  void aClientThatNobodyKnowsIsTrustedWhereAllAre() throws CannotStartException {
    assertThat(ask(List.of(withKey(), "gateway.trust-trace=always"), TRACED, FROM_ELSEWHERE))
        .isEqualTo(401);

    Span server = traces().server().get(0);
    assertThat(Traces.hex(server.getParentSpanId())).isEqualTo(CLIENT_SPAN);
  }

  @Test
  void nobodyIsTrustedWhereNobodyIsToBe() throws CannotStartException {
    assertThat(ask(List.of(withKey(), "gateway.trust-trace=never"), TRACED, bearer()))
        .isEqualTo(200);

    beginsATraceWithALinkToTheClients();
    goesOnToTheProvider(traces().server().get(0));
  }

  @Test
  void withoutTheClientsATraceBeginsHere() throws CannotStartException {
    assertThat(ask(List.of(), new String[] {"traceparent", "nonsense"})).isEqualTo(200);

    Span server = traces().server().get(0);
    assertThat(server.getParentSpanId()).isEmpty();
    assertThat(server.getLinksList()).isEmpty();
    goesOnToTheProvider(server);
  }

  @Test
  void theDurationOfRequestsIsMeasuredByTheirRoute() throws CannotStartException {
    UPSTREAM.says("a", "Hello");
    try (RunningGateway gateway = start(List.of())) {
      gateway.chat(RawRequest.CHAT);
      gateway.get("/v1/models/some-model");
      gateway.get("/v1/none/of/these");
    }

    List<HistogramDataPoint> points =
        collector
            .server()
            .lastMetric("io.github.llmcamel.gateway", "http.server.request.duration")
            .getHistogram()
            .getDataPointsList();
    assertThat(points)
        .extracting(TraceTest::routeAndStatus)
        .containsExactlyInAnyOrder("/v1/chat/completions 200", "/v1/models/{id} 404", " 404");
    assertThat(traces().server())
        .extracting(Span::getName)
        .containsExactly("POST /v1/chat/completions", "GET /v1/models/{id}", "GET");
  }

  private static String routeAndStatus(HistogramDataPoint point) {
    String route = "";
    long status = 0;
    for (var attribute : point.getAttributesList()) {
      if (attribute.getKey().equals("http.route")) {
        route = attribute.getValue().getStringValue();
      } else if (attribute.getKey().equals("http.response.status_code")) {
        status = attribute.getValue().getIntValue();
      }
    }
    return route + " " + status;
  }

  private void isOneTraceWithTheClients() {
    Span server = traces().server().get(0);
    assertThat(Traces.hex(server.getTraceId())).isEqualTo(TRACE);
    assertThat(Traces.hex(server.getParentSpanId())).isEqualTo(CLIENT_SPAN);
    assertThat(server.getTraceState()).isEqualTo("vendor=1");
    goesOnToTheProvider(server);
    assertThat(UPSTREAM.requests("a").get(0).getHeader("tracestate")).isEqualTo("vendor=1");
  }

  private void beginsATraceWithALinkToTheClients() {
    Span server = traces().server().get(0);
    assertThat(server.getParentSpanId()).isEmpty();
    assertThat(Traces.hex(server.getTraceId())).isNotEqualTo(TRACE);
    assertThat(server.getLinksList())
        .singleElement()
        .satisfies(
            link -> {
              assertThat(Traces.hex(link.getTraceId())).isEqualTo(TRACE);
              assertThat(Traces.hex(link.getSpanId())).isEqualTo(CLIENT_SPAN);
            });
  }

  /** The provider gets the trace, from the call or a span below it, and nothing else. */
  private void goesOnToTheProvider(Span server) {
    Traces traces = traces();
    Span call = traces.calls().get(0);
    assertThat(call.getTraceId()).isEqualTo(server.getTraceId());
    assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
    LoggedRequest request = UPSTREAM.requests("a").get(0);
    String[] traceparent = request.getHeader("traceparent").split("-", -1);
    assertThat(traceparent[1]).isEqualTo(Traces.hex(server.getTraceId()));
    List<String> ofTheCall = new ArrayList<>(List.of(Traces.hex(call.getSpanId())));
    traces.below(call).forEach(span -> ofTheCall.add(Traces.hex(span.getSpanId())));
    assertThat(ofTheCall).contains(traceparent[2]);
    assertThat(request.getHeader("baggage")).isNull();
  }

  private int ask(List<String> lines, String[]... headers) throws CannotStartException {
    UPSTREAM.says("a", "Hello");
    List<String> all = new ArrayList<>();
    for (String[] some : headers) {
      all.addAll(List.of(some));
    }
    try (RunningGateway gateway = start(lines)) {
      return gateway.chat(RawRequest.CHAT, all.toArray(String[]::new)).status();
    }
  }

  private static RunningGateway start(List<String> lines) throws CannotStartException {
    List<String> all = new ArrayList<>(List.of(UPSTREAM.providers("a")));
    all.add("gateway.models[*]=llm:a");
    all.addAll(lines);
    return RunningGateway.start(folder, all.toArray(String[]::new));
  }

  /** What was sent until the gateway stopped. */
  private Traces traces() {
    return new Traces(collector.server().spans());
  }

  private String withKey() {
    return "gateway.keys[alice].sha256=" + key.sha256();
  }

  private String[] bearer() {
    return new String[] {"Authorization", "Bearer " + key.text()};
  }
}
