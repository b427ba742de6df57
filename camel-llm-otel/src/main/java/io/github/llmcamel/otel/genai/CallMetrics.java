/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;

/** The instruments that calls are recorded with. Thread-safe. */
final class CallMetrics {

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
  final ModelNames requestModels = new ModelNames();
  final ModelNames responseModels = new ModelNames();

  CallMetrics(Meter meter) {
    duration = GenAiInstruments.doubleHistogram(meter, GenAiInstruments.OPERATION_DURATION);
    tokens = GenAiInstruments.longHistogram(meter, GenAiInstruments.TOKEN_USAGE);
    timeToFirstToken =
        GenAiInstruments.doubleHistogram(meter, GenAiInstruments.TIME_TO_FIRST_TOKEN);
    timePerOutputToken =
        GenAiInstruments.doubleHistogram(meter, GenAiInstruments.TIME_PER_OUTPUT_TOKEN);
    requests = GenAiInstruments.counter(meter, GenAiInstruments.REQUEST_COUNT);
    errors = GenAiInstruments.counter(meter, GenAiInstruments.REQUEST_ERRORS);
    active = GenAiInstruments.upDownCounter(meter, GenAiInstruments.REQUEST_ACTIVE);
    chunks = GenAiInstruments.counter(meter, GenAiInstruments.STREAM_CHUNKS);
    throughput = GenAiInstruments.doubleHistogram(meter, GenAiInstruments.TOKEN_THROUGHPUT);
    messages = GenAiInstruments.longHistogram(meter, GenAiInstruments.MESSAGE_COUNT);
    timeToFirstChunk =
        GenAiInstruments.doubleHistogram(meter, GenAiInstruments.TIME_TO_FIRST_CHUNK);
    timePerOutputChunk =
        GenAiInstruments.doubleHistogram(meter, GenAiInstruments.TIME_PER_OUTPUT_CHUNK);
  }

  /**
   * Records the start of a call.
   *
   * @param context the call's, so that every point leads to its span
   * @param identity what is known of the call when it starts
   */
  CallPoints start(Call call, Context context, Attributes identity) {
    return new CallPoints(this, call, context, identity);
  }
}
