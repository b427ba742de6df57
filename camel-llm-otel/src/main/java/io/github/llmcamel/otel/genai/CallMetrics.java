/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatResponse;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;

/** The metrics of all calls. Thread-safe. */
final class CallMetrics {

  private final DoubleHistogram duration;

  CallMetrics(Meter meter) {
    this.duration = GenAiInstruments.operationDuration(meter);
  }

  /**
   * Records the ending of a call.
   *
   * @param context the call's, so that the point leads to its span
   * @param identity what was known when it started
   */
  void ended(Context context, Attributes identity, CallEnding ending, double seconds) {
    duration.record(seconds, endAttributes(identity, ending), context);
  }

  private static Attributes endAttributes(Attributes identity, CallEnding ending) {
    AttributesBuilder attributes = identity.toBuilder();
    attributes.put(GenAiAttributes.OUTCOME, ending.outcome().word());
    if (ending.errorType() != null) {
      attributes.put(GenAiAttributes.ERROR_TYPE, ending.errorType());
    }
    ChatResponse response = ending.response();
    if (response != null && response.model() != null) {
      attributes.put(GenAiAttributes.RESPONSE_MODEL, response.model());
    }
    return attributes.build();
  }
}
