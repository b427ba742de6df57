/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.github.llmcamel.otel.genai.GenAiAttributes.CAMEL_ROUTE_ID;
import static io.github.llmcamel.otel.genai.GenAiAttributes.COST_CURRENCY;
import static io.github.llmcamel.otel.genai.GenAiAttributes.ERROR_TYPE;
import static io.github.llmcamel.otel.genai.GenAiAttributes.MODEL;
import static io.github.llmcamel.otel.genai.GenAiAttributes.OPERATION_NAME;
import static io.github.llmcamel.otel.genai.GenAiAttributes.OUTCOME;
import static io.github.llmcamel.otel.genai.GenAiAttributes.PROMPT_NAME;
import static io.github.llmcamel.otel.genai.GenAiAttributes.PROMPT_VERSION;
import static io.github.llmcamel.otel.genai.GenAiAttributes.PROVIDER_NAME;
import static io.github.llmcamel.otel.genai.GenAiAttributes.REQUEST_MODEL;
import static io.github.llmcamel.otel.genai.GenAiAttributes.RESPONSE_MODEL;
import static io.github.llmcamel.otel.genai.GenAiAttributes.SERVER_ADDRESS;
import static io.github.llmcamel.otel.genai.GenAiAttributes.SERVER_PORT;
import static io.github.llmcamel.otel.genai.GenAiAttributes.STREAM;
import static io.github.llmcamel.otel.genai.GenAiAttributes.SYSTEM;
import static io.github.llmcamel.otel.genai.GenAiAttributes.TIMING_SOURCE;
import static io.github.llmcamel.otel.genai.GenAiAttributes.TOKEN_TYPE;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every instrument that this module records to.
 *
 * <p>Bucket bounds travel as advice of the instrument, so nobody needs a View; a View wins.
 */
public final class GenAiInstruments {

  private static final List<AttributeKey<?>> REQUEST =
      List.of(
          OPERATION_NAME,
          PROVIDER_NAME,
          SYSTEM,
          REQUEST_MODEL,
          SERVER_ADDRESS,
          SERVER_PORT,
          CAMEL_ROUTE_ID,
          PROMPT_NAME,
          PROMPT_VERSION);
  private static final List<AttributeKey<?>> ANSWER = and(REQUEST, RESPONSE_MODEL);

  private static final List<Double> DURATION_BOUNDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
  private static final List<Double> TOKEN_BOUNDS = powersOf(4, 14);
  private static final List<Double> FIRST_TOKEN_BOUNDS =
      List.of(
          0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5,
          10.0);
  private static final List<Double> PER_TOKEN_BOUNDS =
      List.of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
  private static final List<Double> THROUGHPUT_BOUNDS =
      List.of(1d, 2d, 5d, 10d, 20d, 50d, 100d, 200d, 500d, 1_000d, 2_000d, 5_000d);
  private static final List<Double> MESSAGE_BOUNDS = powersOf(2, 9);

  /** How long a call took from its start to its ending, whichever it was. */
  public static final Instrument OPERATION_DURATION =
      new Instrument(
          "gen_ai.client.operation.duration",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "GenAI operation duration",
          DURATION_BOUNDS,
          and(ANSWER, OUTCOME, ERROR_TYPE),
          true);

  /** One point for the input and one for the output, each only where it is known. */
  public static final Instrument TOKEN_USAGE =
      new Instrument(
          "gen_ai.client.token.usage",
          Kind.LONG_HISTOGRAM,
          "{token}",
          "Input and output token counts",
          TOKEN_BOUNDS,
          and(ANSWER, TOKEN_TYPE),
          true);

  /** Only of complete answers; by the server's clock where it tells. */
  public static final Instrument TIME_TO_FIRST_TOKEN =
      new Instrument(
          "gen_ai.server.time_to_first_token",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "Time to first token",
          FIRST_TOKEN_BOUNDS,
          and(ANSWER, TIMING_SOURCE),
          false);

  /** Only of complete answers of two tokens or more; by the server's clock where it tells. */
  public static final Instrument TIME_PER_OUTPUT_TOKEN =
      new Instrument(
          "gen_ai.server.time_per_output_token",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "Time per output token",
          PER_TOKEN_BOUNDS,
          and(ANSWER, TIMING_SOURCE),
          false);

  /** Counted when a call starts. */
  public static final Instrument REQUEST_COUNT =
      new Instrument(
          "llm.request.count",
          Kind.COUNTER,
          "1",
          "Total LLM requests",
          List.of(),
          List.of(MODEL, STREAM),
          false);

  /** Counted when a call ends as an error. */
  public static final Instrument REQUEST_ERRORS =
      new Instrument(
          "llm.request.errors",
          Kind.COUNTER,
          "1",
          "Failed LLM requests",
          List.of(),
          and(ANSWER, ERROR_TYPE),
          false);

  /** Up when a call starts, down when it ends, waiting for a free place included. */
  public static final Instrument REQUEST_ACTIVE =
      new Instrument(
          "llm.request.active",
          Kind.UP_DOWN_COUNTER,
          "1",
          "In-flight LLM requests",
          List.of(),
          List.of(MODEL),
          false);

  /** Pieces of content, counted when the call ends. */
  public static final Instrument STREAM_CHUNKS =
      new Instrument(
          "llm.stream.chunks",
          Kind.COUNTER,
          "1",
          "Streaming chunks received",
          List.of(),
          List.of(MODEL),
          false);

  /** Only of complete answers; while the model was writing, where that can be told. */
  public static final Instrument TOKEN_THROUGHPUT =
      new Instrument(
          "llm.token.throughput",
          Kind.DOUBLE_HISTOGRAM,
          "{token}/s",
          "Output token throughput",
          THROUGHPUT_BOUNDS,
          ANSWER,
          false);

  /** How many messages were sent. */
  public static final Instrument MESSAGE_COUNT =
      new Instrument(
          "llm.request.message_count",
          Kind.LONG_HISTOGRAM,
          "1",
          "Messages in prompt",
          MESSAGE_BOUNDS,
          REQUEST,
          false);

  /** Only of streams. */
  public static final Instrument TIME_TO_FIRST_CHUNK =
      new Instrument(
          "gen_ai.client.operation.time_to_first_chunk",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "Time from sending the request to the first content of a stream",
          DURATION_BOUNDS,
          ANSWER,
          true);

  /** Only of streams; one point for each piece of content after the first. */
  public static final Instrument TIME_PER_OUTPUT_CHUNK =
      new Instrument(
          "gen_ai.client.operation.time_per_output_chunk",
          Kind.DOUBLE_HISTOGRAM,
          "s",
          "Time between two pieces of content of a stream",
          DURATION_BOUNDS,
          ANSWER,
          true);

  /** Only of models that have a price, and of answers whose tokens the provider has counted. */
  public static final Instrument COST =
      new Instrument(
          "llm.cost",
          Kind.COUNTER,
          "{currency}",
          "Cost of LLM calls by the table of prices",
          List.of(),
          and(ANSWER, COST_CURRENCY),
          false);

  private static final List<Instrument> ALL =
      List.of(
          OPERATION_DURATION,
          TOKEN_USAGE,
          TIME_TO_FIRST_TOKEN,
          TIME_PER_OUTPUT_TOKEN,
          REQUEST_COUNT,
          REQUEST_ERRORS,
          REQUEST_ACTIVE,
          STREAM_CHUNKS,
          TOKEN_THROUGHPUT,
          MESSAGE_COUNT,
          TIME_TO_FIRST_CHUNK,
          TIME_PER_OUTPUT_CHUNK,
          COST);

  private GenAiInstruments() {}

  /** How values of an instrument are taken in and added up. */
  public enum Kind {
    /** A distribution of floating-point values. */
    DOUBLE_HISTOGRAM,
    /** A distribution of whole numbers. */
    LONG_HISTOGRAM,
    /** A sum that only grows. */
    COUNTER,
    /** A sum that grows and shrinks. */
    UP_DOWN_COUNTER
  }

  /**
   * An instrument as it is exported.
   *
   * @param unit in UCUM, such as {@code s}
   * @param bounds upper bounds of the buckets in this unit, ascending; empty for no histogram
   * @param attributes those a point may have
   * @param isOfConventions whether a client may emit it by the conventions alone
   */
  public record Instrument(
      String name,
      Kind kind,
      String unit,
      String description,
      List<Double> bounds,
      List<AttributeKey<?>> attributes,
      boolean isOfConventions) {
    public Instrument {
      bounds = List.copyOf(bounds);
      attributes = List.copyOf(attributes);
    }
  }

  /** All of them, in the order of the documentation. */
  public static List<Instrument> all() {
    return ALL;
  }

  static DoubleHistogram doubleHistogram(Meter meter, Instrument instrument) {
    return meter
        .histogramBuilder(instrument.name())
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .setExplicitBucketBoundariesAdvice(instrument.bounds())
        .build();
  }

  static LongHistogram longHistogram(Meter meter, Instrument instrument) {
    return meter
        .histogramBuilder(instrument.name())
        .ofLongs()
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .setExplicitBucketBoundariesAdvice(
            instrument.bounds().stream().map(Double::longValue).toList())
        .build();
  }

  static LongCounter counter(Meter meter, Instrument instrument) {
    return meter
        .counterBuilder(instrument.name())
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .build();
  }

  static DoubleCounter doubleCounter(Meter meter, Instrument instrument) {
    return meter
        .counterBuilder(instrument.name())
        .ofDoubles()
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .build();
  }

  static LongUpDownCounter upDownCounter(Meter meter, Instrument instrument) {
    return meter
        .upDownCounterBuilder(instrument.name())
        .setUnit(instrument.unit())
        .setDescription(instrument.description())
        .build();
  }

  private static List<AttributeKey<?>> and(List<AttributeKey<?>> some, AttributeKey<?>... more) {
    List<AttributeKey<?>> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /** The first powers of a base, from 1. */
  private static List<Double> powersOf(double base, int count) {
    return Stream.iterate(1d, power -> power * base).limit(count).toList();
  }
}
