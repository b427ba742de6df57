/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector on loopback that takes in OTLP over HTTP. */
public final class OtlpServer implements AutoCloseable {

  private final HttpServer server;
  private final Answer answer;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** How an export is answered, once it was taken in. */
  public interface Answer {

    /** All is well. */
    Answer OK = status(200, "");

    static Answer status(int status, String body) {
      return exchange -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      };
    }

    void to(HttpExchange exchange) throws IOException;
  }

  /** What one export brought; header names in lower case. */
  public record Request(String path, Map<String, String> headers, byte[] body) {}

  public OtlpServer() throws IOException {
    this(Answer.OK);
  }

  /** A collector that answers otherwise, one export at a time. */
  public OtlpServer(Answer answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  public List<ResourceSpans> resourceSpans() {
    return requests("/v1/traces").stream()
        .flatMap(request -> traces(request).getResourceSpansList().stream())
        .toList();
  }

  public List<Span> spans() {
    return resourceSpans().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  public List<ResourceMetrics> resourceMetrics() {
    return requests("/v1/metrics").stream()
        .flatMap(request -> metrics(request).getResourceMetricsList().stream())
        .toList();
  }

  public List<Metric> metrics(String scopeName) {
    return resourceMetrics().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .filter(scope -> scope.getScope().getName().equals(scopeName))
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  /** What came last of a metric, which with cumulative temporality is all; empty if nothing did. */
  public Metric lastMetric(String scopeName, String name) {
    return metrics(scopeName).stream()
        .filter(metric -> metric.getName().equals(name))
        .reduce(Metric.getDefaultInstance(), (earlier, later) -> later);
  }

  public List<LogRecord> logRecords() {
    return requests("/v1/logs").stream()
        .flatMap(request -> logs(request).getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(), headers, exchange.getRequestBody().readAllBytes()));
    answer.to(exchange);
    exchange.close();
  }

  private static ExportTraceServiceRequest traces(Request request) {
    try {
      return ExportTraceServiceRequest.parseFrom(request.body());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExportMetricsServiceRequest metrics(Request request) {
    try {
      return ExportMetricsServiceRequest.parseFrom(request.body());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExportLogsServiceRequest logs(Request request) {
    try {
      return ExportLogsServiceRequest.parseFrom(request.body());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}
