/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.context.Context;
import java.util.function.BiFunction;

/** The instruments that calls are recorded with. Thread-safe. */
final class CallMetrics {

  /** For instruments that a profile has not: what is recorded there goes nowhere. */
  private static final Meter NOWHERE = MeterProvider.noop().get("nowhere");

  final DoubleHistogram duration;
  final LongHistogram tokens;
  final DoubleHistogram timeToFirstToken;
  final DoubleHistogram timePerOutputToken;
  final LongCounter requests;
  final LongCounter errors;
  final LongUpDownCounter active;
  final LongCounter chunks;
  final DoubleHistogram throughput;
  final LongHistogram messages;
  final DoubleHistogram timeToFirstChunk;
  final DoubleHistogram timePerOutputChunk;
  final DoubleCounter cost;

  private final Meter meter;
  private final Profile profile;
  private final PointAttributes attributes;

  CallMetrics(Meter meter, TelemetrySettings settings) {
    this.meter = meter;
    this.profile = settings.profile();
    this.attributes = new PointAttributes(settings);
    duration = build(GenAiInstruments.OPERATION_DURATION, GenAiInstruments::doubleHistogram);
    tokens = build(GenAiInstruments.TOKEN_USAGE, GenAiInstruments::longHistogram);
    timeToFirstToken =
        build(GenAiInstruments.TIME_TO_FIRST_TOKEN, GenAiInstruments::doubleHistogram);
    timePerOutputToken =
        build(GenAiInstruments.TIME_PER_OUTPUT_TOKEN, GenAiInstruments::doubleHistogram);
    requests = build(GenAiInstruments.REQUEST_COUNT, GenAiInstruments::counter);
    errors = build(GenAiInstruments.REQUEST_ERRORS, GenAiInstruments::counter);
    active = build(GenAiInstruments.REQUEST_ACTIVE, GenAiInstruments::upDownCounter);
    chunks = build(GenAiInstruments.STREAM_CHUNKS, GenAiInstruments::counter);
    throughput = build(GenAiInstruments.TOKEN_THROUGHPUT, GenAiInstruments::doubleHistogram);
    messages = build(GenAiInstruments.MESSAGE_COUNT, GenAiInstruments::longHistogram);
    timeToFirstChunk =
        build(GenAiInstruments.TIME_TO_FIRST_CHUNK, GenAiInstruments::doubleHistogram);
    timePerOutputChunk =
        build(GenAiInstruments.TIME_PER_OUTPUT_CHUNK, GenAiInstruments::doubleHistogram);
    cost = build(GenAiInstruments.COST, GenAiInstruments::doubleCounter);
  }

  private <I> I build(
      GenAiInstruments.Instrument instrument,
      BiFunction<Meter, GenAiInstruments.Instrument, I> builder) {
    return builder.apply(profile.has(instrument) ? meter : NOWHERE, instrument);
  }

  /** What the points of {@code call} share with those of calls that are alike. */
  PointAttributes.OfCalls attributes(Call call, Caller caller) {
    return attributes.of(call, caller.routeId());
  }

  /**
   * Records the start of a call.
   *
   * @param context the call's, so that every point leads to its span
   */
  CallPoints start(Call call, PointAttributes.OfCalls ofCall, Context context) {
    return new CallPoints(this, call, context, ofCall);
  }
}
