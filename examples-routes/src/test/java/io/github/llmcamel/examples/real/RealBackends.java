/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the Collector, Prometheus and Jaeger that the environment names have of one service. */
public final class RealBackends {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final String service;

  public RealBackends(String service) {
    this.service = service;
  }

  /** What the Collector received, once that is at least {@code count} of {@code member}. */
  public List<JsonNode> received(String fileVariable, String member, int count) {
    Path file = Path.of(System.getenv(fileVariable));
    return await()
        .atMost(PATIENCE)
        .until(() -> received(file, member), found -> found.size() >= count);
  }

  /** One export a line; the last may still be written. */
  private List<JsonNode> received(Path file, String member) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.contains('"' + service + '"') && line.endsWith("}"))
          .map(RealBackends::parse)
          .flatMap(export -> export.findValues(member).stream())
          .flatMap(RealBackends::elements)
          .toList();
    }
  }

  /** Waits until {@code query} has a value in Prometheus; see {@link #value}. */
  public void awaitValue(String query, double expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(value(query)).as(query).isEqualTo(expected));
  }

  /**
   * The value of {@code query} in Prometheus; NaN if it has none.
   *
   * @param query {@code $service} in it stands for the service as a label
   */
  public double value(String query) {
    return get(prometheusUrl("query", query)).at("/data/result/0/value/1").asDouble(Double.NaN);
  }

  /** The labels of the exemplars that Prometheus has of a metric, once there are some. */
  public List<JsonNode> exemplars(String metric) {
    Instant now = Instant.now();
    String url =
        prometheusUrl("query_exemplars", metric + "{$service}")
            + "&start=%s&end=%s".formatted(now.minusSeconds(3600), now.plusSeconds(3600));
    return await()
        .alias(metric)
        .atMost(PATIENCE)
        .until(
            () ->
                elements(get(url).path("data"))
                    .flatMap(series -> elements(series.path("exemplars")))
                    .map(exemplar -> exemplar.path("labels"))
                    .toList(),
            labels -> !labels.isEmpty());
  }

  /** The spans of a trace in Jaeger, once there are at least {@code count}. */
  public List<JsonNode> jaeger(String traceId, int count) {
    String url = System.getenv("JAEGER_URL") + "/api/v3/traces/" + traceId;
    return await()
        .alias(traceId)
        .atMost(PATIENCE)
        .until(
            () -> get(url).findValues("spans").stream().flatMap(RealBackends::elements).toList(),
            spans -> spans.size() >= count);
  }

  private String prometheusUrl(String api, String query) {
    String label = "job='%s'".formatted(service);
    return System.getenv("PROMETHEUS_URL")
        + "/api/v1/%s?query=".formatted(api)
        + URLEncoder.encode(query.replace("$service", label), StandardCharsets.UTF_8);
  }

  private static JsonNode get(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return parse(
        HttpClient.newHttpClient()
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .join()
            .body());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("A back end wrote no JSON: " + json, e);
    }
  }
}
