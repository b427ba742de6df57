/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.statements;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry.Point;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted and timed of calls. */
class MetricStatementsTest {

  private static final String GPT = "openai?model=gpt-4o";
  private static final String DURATION = "gen_ai.client.operation.duration";
  private static final String USAGE = "gen_ai.client.token.usage";
  private static final String FIRST_TOKEN = "gen_ai.server.time_to_first_token";
  private static final String PER_TOKEN = "gen_ai.server.time_per_output_token";
  private static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
  private static final String PER_CHUNK = "gen_ai.client.operation.time_per_output_chunk";

  private static final List<Double> D =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final Map<String, List<Double>> BOUNDS_OF_CONVENTIONS =
      Map.of(
          DURATION,
          D,
          FIRST_CHUNK,
          D,
          PER_CHUNK,
          D,
          USAGE,
          Stream.iterate(1d, bound -> bound * 4).limit(14).toList());
  private static final Map<String, List<Double>> BOUNDS_OF_SEED =
      Map.of(
          FIRST_TOKEN,
          List.of(
              0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
              10.0),
          PER_TOKEN,
          List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5),
          "llm.token.throughput",
          List.of(1d, 2d, 5d, 10d, 20d, 50d, 100d, 200d, 500d, 1_000d, 2_000d, 5_000d),
          "llm.request.message_count",
          List.of(1d, 2d, 4d, 8d, 16d, 32d, 64d, 128d, 256d));

  private static final Set<String> M =
      Set.of(
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "server.address",
          "server.port");

  private final LlmRoutes routes = new LlmRoutes();
  private final InMemoryTelemetry telemetry = routes.telemetry();

  @AfterEach
  void close() {
    routes.close();
  }

  @Test
  @DisplayName("33. The ten instruments of the seed exist, each with its kind and its unit")
  void theTenInstrumentsOfTheSeedHaveTheirKindsAndUnits() {
    routes.in(Profile.SEED).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);
    routes.ask(GPT, Answer.RATE_LIMIT); // Errors have no point before the first.

    assertThat(telemetry.metrics().values())
        .allSatisfy(metric -> assertThat(metric.getDescription()).isNotBlank())
        .extracting(MetricData::getName, metric -> metric.getType().name(), MetricData::getUnit)
        .contains(
            tuple(DURATION, "HISTOGRAM", "s"),
            tuple(USAGE, "HISTOGRAM", "{token}"),
            tuple(FIRST_TOKEN, "HISTOGRAM", "s"),
            tuple(PER_TOKEN, "HISTOGRAM", "s"),
            tuple("llm.request.count", "LONG_SUM", "1"),
            tuple("llm.request.errors", "LONG_SUM", "1"),
            tuple("llm.request.active", "LONG_SUM", "1"),
            tuple("llm.stream.chunks", "LONG_SUM", "1"),
            tuple("llm.token.throughput", "HISTOGRAM", "{token}/s"),
            tuple("llm.request.message_count", "HISTOGRAM", "1"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("34. Histograms have their bounds without a View")
  void histogramsHaveTheirBoundsWithoutAView(Profile profile) {
    routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    Map<String, List<Double>> bounds =
        telemetry.metrics().values().stream()
            .filter(metric -> metric.getType().name().equals("HISTOGRAM"))
            .collect(
                Collectors.toMap(
                    MetricData::getName,
                    metric ->
                        metric.getHistogramData().getPoints().iterator().next().getBoundaries()));
    assertThat(bounds).containsAllEntriesOf(BOUNDS_OF_CONVENTIONS);
    bounds.keySet().removeAll(BOUNDS_OF_CONVENTIONS.keySet());
    assertThat(bounds).isEqualTo(profile == Profile.SEED ? BOUNDS_OF_SEED : Map.of());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("35. The duration of a successful call has no error type")
  void theDurationOfASuccessfulCallHasNoErrorType(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
    assertThat(Keys.of(telemetry.durationPoint().getAttributes()))
        .isEqualTo(profile == Profile.SEED ? withThoseOfSeed() : M);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("35. The duration of a failed call has the error type of the span")
  void theDurationOfAFailedCallHasTheErrorTypeOfTheSpan(Profile profile) {
    routes.in(profile).ask(GPT, Answer.RATE_LIMIT);

    AttributeKey<String> errorType = stringKey("error.type");
    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
    assertThat(telemetry.durationPoint().getAttributes().get(errorType))
        .isEqualTo(telemetry.onlySpan().getAttributes().get(errorType))
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("36. Usage that is told is recorded as input and as output")
  void usageThatIsToldIsRecordedAsInputAndAsOutput(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    AttributeKey<String> type = stringKey("gen_ai.token.type");
    assertThat(telemetry.points(USAGE))
        .extracting(point -> point.attributes().get(type), Point::value, Point::count)
        .containsExactlyInAnyOrder(tuple("input", 25d, 1L), tuple("output", 12d, 1L));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("36. Usage that nobody tells is no point")
  void usageThatNobodyTellsIsNoPoint(Profile profile) {
    routes
        .in(profile)
        .ask(
            GPT,
            Answer.json(
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi.\"},"
                    + "\"finish_reason\":\"stop\"}]}"));

    assertThat(telemetry.points(USAGE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("37. A stream of six pieces: one time to the first, and five between them")
  void aStreamHasOneTimeToItsFirstPieceAndOneToEachFollowing(Profile profile) {
    routes.in(profile).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    assertThat(telemetry.points(FIRST_CHUNK)).extracting(Point::count).containsExactly(1L);
    assertThat(telemetry.points(PER_CHUNK)).extracting(Point::count).containsExactly(5L);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("37. What is no stream has no pieces to time")
  void whatIsNoStreamHasNoPiecesToTime(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    assertThat(telemetry.points(FIRST_CHUNK)).isEmpty();
    assertThat(telemetry.points(PER_CHUNK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ollama", "llamacpp"})
  @DisplayName("38. A server's own times are recorded as the server's")
  void theTimesThatAServerTellsAreTheServers(String provider) {
    routes
        .in(Profile.SEED)
        .ask(
            provider + "?model=smollm2",
            provider.equals("ollama") ? Answer.OLLAMA : Answer.LLAMACPP);

    assertTimedByServer(FIRST_TOKEN, 0.12);
    assertTimedByServer(PER_TOKEN, 0.02);
  }

  @Test
  @DisplayName("38. Without a server's times those of a stream are the client's")
  void withoutAServersTimesThoseOfAStreamAreTheClients() {
    routes.in(Profile.SEED).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    for (String metric : List.of(FIRST_TOKEN, PER_TOKEN)) {
      assertThat(telemetry.points(metric))
          .singleElement()
          .extracting(point -> point.attributes().get(stringKey("llm.timing.source")))
          .isEqualTo("client");
    }
  }

  @Test
  @DisplayName("39. Requests are counted by model and by whether they stream")
  void requestsAreCountedByModelAndByWhetherTheyStream() {
    routes.in(Profile.SEED).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);

    assertThat(telemetry.points("llm.request.count"))
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.attributes().asMap())
                    .containsOnly(
                        entry(stringKey("model"), "gpt-4o"), entry(booleanKey("stream"), true)));
  }

  @Test
  @DisplayName("40. There is no throughput of no tokens; messages are counted as they are sent")
  void thereIsNoThroughputOfNoTokensAndMessagesAreCounted() {
    routes
        .in(Profile.SEED)
        .ask(
            GPT + "&systemMessage=Be brief.",
            Answer.json(
                """
                {"choices":[{"index":0,"message":{"content":""},"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":25,"completion_tokens":0}}"""));

    assertThat(telemetry.points("llm.token.throughput")).isEmpty();
    assertThat(telemetry.points("llm.request.message_count"))
        .extracting(Point::value)
        .containsExactly(2d);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("42. The duration in the metric is that of the span, to the nanosecond")
  void theDurationInTheMetricIsThatOfTheSpan(Profile profile) {
    routes.in(profile).ask(GPT, Answer.OPENAI);

    SpanData span = telemetry.onlySpan();
    long nanos = span.getEndEpochNanos() - span.getStartEpochNanos();
    assertThat(telemetry.durationPoint().getSum())
        .isEqualTo((double) nanos / TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  @DisplayName("38, 43. The strict profile has no metric of the seed's or of a server's")
  void theStrictProfileHasNoMetricOfTheSeedsOrOfAServers() {
    routes.in(Profile.STRICT).ask(GPT + "&stream=true", Answer.OPENAI_STREAM);
    routes.ask("ollama?model=smollm2", Answer.OLLAMA);
    routes.ask(GPT, Answer.RATE_LIMIT);

    assertThat(telemetry.metrics()).containsOnlyKeys(DURATION, USAGE, FIRST_CHUNK, PER_CHUNK);
  }

  @Test
  @DisplayName("63. A folded name is counted down as it was counted up")
  void aFoldedNameIsCountedDownAsItWasCountedUp() {
    routes.with("camel.llm-otel.metric-name-limit", "1").in(Profile.SEED);
    CompletableFuture<Exchange> kept = routes.ask("openai?model=kept", question -> {});
    Peer ofKept = routes.provider().accept();
    CompletableFuture<Exchange> folded = routes.ask("openai?model=folded", question -> {});
    Peer ofFolded = routes.provider().accept();

    assertThat(active()).containsOnly(entry("kept", 1d), entry("other", 1d));
    Answer.OPENAI.sendTo(ofFolded);
    folded.join();
    Answer.OPENAI.sendTo(ofKept);
    kept.join();
    assertThat(active()).containsOnly(entry("kept", 0d), entry("other", 0d));
  }

  private Map<String, Double> active() {
    return telemetry.points("llm.request.active").stream()
        .collect(
            Collectors.toMap(point -> point.attributes().get(stringKey("model")), Point::value));
  }

  private void assertTimedByServer(String metric, double seconds) {
    assertThat(telemetry.points(metric))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.attributes().get(stringKey("llm.timing.source")))
                  .isEqualTo("server");
              assertThat(point.value()).isEqualTo(seconds, Offset.offset(1e-9));
            });
  }

  private static Set<String> withThoseOfSeed() {
    Set<String> keys = new HashSet<>(M);
    keys.addAll(Set.of("gen_ai.system", "camel.route.id", "llm.outcome"));
    return keys;
  }
}
