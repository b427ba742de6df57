/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Samples everything, and remembers what it was shown. */
public final class RememberingSampler implements Sampler {

  private final List<Attributes> shown = new CopyOnWriteArrayList<>();

  /** The attributes of each span, as they were at its start. */
  public List<Attributes> shown() {
    return shown;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    shown.add(attributes.toBuilder().build());
    return SamplingResult.recordAndSample();
  }

  @Override
  public String getDescription() {
    return "remembers";
  }
}
