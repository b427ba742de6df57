/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of metric points. Calls that are alike share them: to build them costs more than
 * to record a point. Thread-safe.
 *
 * <p>Bounded: names of models, servers and routes are, and what is still too many is built and
 * forgotten.
 */
final class PointAttributes {

  private static final int MOST_REMEMBERED = 1_000;

  private final TelemetrySettings settings;
  private final BoundedNames requestModels;
  private final BoundedNames responseModels;
  private final BoundedNames servers;
  private final BoundedNames routes;
  private final BoundedNames prompts;
  private final BoundedNames promptVersions;
  private final Map<CallKind, OfCalls> remembered = new ConcurrentHashMap<>();

  PointAttributes(TelemetrySettings settings) {
    this.settings = settings;
    this.requestModels = new BoundedNames("requested models", settings.nameLimit());
    this.responseModels = new BoundedNames("answering models", settings.nameLimit());
    this.servers = new BoundedNames("servers", settings.nameLimit());
    this.routes = new BoundedNames("routes", settings.nameLimit());
    this.prompts = new BoundedNames("stages", settings.nameLimit());
    this.promptVersions = new BoundedNames("versions of prompts", settings.nameLimit());
  }

  /** What calls that are alike have in common. */
  private record CallKind(
      String operation,
      String provider,
      String system,
      @Nullable String model,
      String serverAddress,
      @Nullable Integer serverPort,
      @Nullable String route,
      @Nullable String prompt,
      @Nullable String promptVersion,
      boolean streamed) {}

  /** Those of the points of {@code call}. */
  OfCalls of(Call call, @Nullable String routeId) {
    String asked = call.request().model();
    boolean ofKnownServer = isKnown(call.serverAddress() + ":" + call.serverPort());
    CallKind kind =
        new CallKind(
            CallTelemetry.operation(call),
            call.provider().telemetryName(),
            call.provider().name(),
            asked == null ? null : requestModels.fold(asked),
            ofKnownServer ? call.serverAddress() : BoundedNames.OTHER,
            ofKnownServer ? call.serverPort() : null,
            routeId == null || !settings.routeIdOnMetrics() ? null : routes.fold(routeId),
            fold(prompts, GenAiAttributes.PROMPT_NAME, call.stageName()),
            fold(promptVersions, GenAiAttributes.PROMPT_VERSION, call.promptVersion()),
            call.delivery() == Delivery.STREAMED);
    return recall(remembered, kind, () -> new OfCalls(call, kind));
  }

  private @Nullable String fold(
      BoundedNames names, AttributeKey<String> key, @Nullable String name) {
    return name == null || !settings.profile().hasOnPoints(key) ? null : names.fold(name);
  }

  private boolean isKnown(String server) {
    return servers.fold(server).equals(server);
  }

  /** The points of calls that are alike. */
  final class OfCalls {
    /** Of points that say no more than which model was asked for. */
    final Attributes model;

    /** {@link #model}, and whether the answer travels as a stream. */
    final Attributes modelAndStream;

    /** While nobody knows which model answers. */
    final OfAnswers unanswered;

    private final CallKind kind;
    private final Attributes identity;
    private final Map<String, OfAnswers> answers = new ConcurrentHashMap<>();

    private OfCalls(Call call, CallKind kind) {
      this.kind = kind;
      model =
          kind.model() == null
              ? Attributes.empty()
              : Attributes.of(GenAiAttributes.MODEL, kind.model());
      modelAndStream = with(model, GenAiAttributes.STREAM, kind.streamed());
      identity =
          CallTelemetry.identity(
              call, kind.model(), kind.serverAddress(), kind.serverPort(), settings.profile());
      unanswered = new OfAnswers(ofStage(identity, kind));
    }

    private static Attributes ofStage(Attributes identity, CallKind kind) {
      AttributesBuilder attributes = identity.toBuilder();
      // An attribute that is null is not put.
      attributes.put(GenAiAttributes.CAMEL_ROUTE_ID, kind.route());
      attributes.put(GenAiAttributes.PROMPT_NAME, kind.prompt());
      attributes.put(GenAiAttributes.PROMPT_VERSION, kind.promptVersion());
      return attributes.build();
    }

    /** What the span of {@code call} starts with: it has the names that points may not have. */
    Attributes ofSpan(Call call) {
      String asked = call.request().model();
      boolean namesAll =
          Objects.equals(asked, kind.model())
              && Objects.equals(call.serverPort(), kind.serverPort())
              && call.serverAddress().equals(kind.serverAddress());
      return namesAll
          ? identity
          : CallTelemetry.identity(
              call, asked, call.serverAddress(), call.serverPort(), settings.profile());
    }

    /** Once it is known which model answers. */
    OfAnswers answeredBy(String name) {
      String kept = responseModels.fold(name);
      return recall(
          answers,
          kept,
          () -> new OfAnswers(with(unanswered.all, GenAiAttributes.RESPONSE_MODEL, kept)));
    }
  }

  /** The points of calls that are alike and were answered by the same model. */
  final class OfAnswers {
    /** Of points that say no more than what was asked and which model answered. */
    final Attributes all;

    final Attributes input;
    final Attributes output;
    private final Attributes completed;
    private final Attributes timedByServer;
    private final Attributes timedByClient;

    private OfAnswers(Attributes all) {
      this.all = all;
      input = with(all, GenAiAttributes.TOKEN_TYPE, GenAiAttributes.INPUT);
      output = with(all, GenAiAttributes.TOKEN_TYPE, GenAiAttributes.OUTPUT);
      timedByServer = with(all, GenAiAttributes.TIMING_SOURCE, TokenPace.Source.SERVER.word());
      timedByClient = with(all, GenAiAttributes.TIMING_SOURCE, TokenPace.Source.CLIENT.word());
      completed = withOutcome(all, Outcome.COMPLETED);
    }

    Attributes timedBy(TokenPace.Source source) {
      return source == TokenPace.Source.SERVER ? timedByServer : timedByClient;
    }

    /** Of points that say what was wrong. */
    Attributes failed(String errorType) {
      return with(all, GenAiAttributes.ERROR_TYPE, errorType);
    }

    /** Of points that say what was paid. */
    Attributes paidIn(Currency currency) {
      return with(all, GenAiAttributes.COST_CURRENCY, currency.getCurrencyCode());
    }

    Attributes ended(CallEnding ending) {
      if (ending.outcome() == Outcome.COMPLETED) {
        return completed;
      }
      return withOutcome(
          ending.errorType() == null ? all : failed(ending.errorType()), ending.outcome());
    }

    private Attributes withOutcome(Attributes attributes, Outcome outcome) {
      return settings.profile().hasOnPoints(GenAiAttributes.OUTCOME)
          ? with(attributes, GenAiAttributes.OUTCOME, outcome.word())
          : attributes;
    }
  }

  private static <K, V> V recall(Map<K, V> remembered, K key, Supplier<V> builder) {
    V known = remembered.get(key);
    if (known != null) {
      return known;
    }
    V built = builder.get();
    if (remembered.size() < MOST_REMEMBERED) {
      remembered.put(key, built);
    }
    return built;
  }

  private static <T> Attributes with(Attributes attributes, AttributeKey<T> key, T value) {
    return attributes.toBuilder().put(key, value).build();
  }
}
