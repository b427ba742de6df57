/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/**
 * Every instrument that this module records to.
 *
 * <p>Bucket bounds travel as advice of the instrument, so nobody needs a View; a View wins.
 */
public final class GenAiInstruments {

  private static final List<Double> DURATION_BOUNDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  /** How long a call took from its start to its ending, whichever it was. */
  public static final Instrument OPERATION_DURATION =
      new Instrument(
          "gen_ai.client.operation.duration",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "GenAI operation duration",
          DURATION_BOUNDS);

  private static final List<Instrument> ALL = List.of(OPERATION_DURATION);

  private GenAiInstruments() {}

  /** How values of an instrument are taken in and added up. */
  public enum Kind {
    /** A distribution of floating-point values. */
    DOUBLE_HISTOGRAM
  }

  /**
   * An instrument as it is exported.
   *
   * @param unit in UCUM, such as {@code s}
   * @param bounds upper bounds of the buckets in this unit, ascending; empty for no histogram
   */
  public record Instrument(
      String name, Kind kind, String unit, String description, List<Double> bounds) {
    public Instrument {
      bounds = List.copyOf(bounds);
    }
  }

  /** All of them, in the order of the documentation. */
  public static List<Instrument> all() {
    return ALL;
  }

  static DoubleHistogram operationDuration(Meter meter) {
    return doubleHistogram(meter, OPERATION_DURATION);
  }

  private static DoubleHistogram doubleHistogram(Meter meter, Instrument instrument) {
    return meter
        .histogramBuilder(instrument.name())
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .setExplicitBucketBoundariesAdvice(instrument.bounds())
        .build();
  }
}
