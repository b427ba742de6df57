/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import io.github.llmcamel.component.ExchangeObserver;
import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.otel.context.ExchangeTotals;
import io.github.llmcamel.otel.context.ExchangeTrace;
import io.github.llmcamel.otel.context.Redelivery;
import io.github.llmcamel.otel.context.Totals;
import io.github.llmcamel.otel.genai.CallLogTarget;
import io.github.llmcamel.otel.genai.CallTelemetry;
import io.github.llmcamel.otel.genai.Caller;
import io.github.llmcamel.otel.genai.TelemetrySettings;
import io.github.llmcamel.otel.setup.JavaAgent;
import io.github.llmcamel.price.Cost;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry for every {@code llm:} call: the programmatic door.
 *
 * <p>With this module on the class path nobody needs it: Camel finds {@link LlmTelemetryPlugin},
 * which sets everything up. To choose the OpenTelemetry yourself, bind it as a bean; to go without
 * the plugin, bind this, and add {@link LlmTelemetryInterceptStrategy}:
 *
 * <pre>{@code
 * context.getRegistry().bind("llmTelemetry", LlmTelemetry.create(openTelemetry));
 * }</pre>
 *
 * <p>Thread-safe. The OpenTelemetry remains the caller's to close.
 */
public final class LlmTelemetry implements ExchangeObserver, AutoCloseable {

  /**
   * The exchange property that tells in which trace the exchange's latest call is: 32 hexadecimal
   * digits, to write into logs and results. Absent before the first call.
   */
  public static final String TRACE_ID = "CamelLlmTraceId";

  /**
   * The exchange properties that tell what the calls of the exchange and its copies come to: their
   * number, the tokens that providers counted, and their durations, each a {@code Long}. Absent
   * before the first call has ended; tokens that nobody counted are absent too.
   */
  public static final String TOTAL_CALLS = ExchangeTotals.CALLS;

  /** See {@link #TOTAL_CALLS}. */
  public static final String TOTAL_INPUT_TOKENS = ExchangeTotals.INPUT_TOKENS;

  /** See {@link #TOTAL_CALLS}. */
  public static final String TOTAL_OUTPUT_TOKENS = ExchangeTotals.OUTPUT_TOKENS;

  /** See {@link #TOTAL_CALLS}; milliseconds. */
  public static final String TOTAL_MILLIS = ExchangeTotals.MILLIS;

  /**
   * The exchange property with what the calls of the exchange and its copies cost, as far as their
   * models have prices: a {@link java.math.BigDecimal}. Absent if none has, or prices are in
   * several currencies.
   */
  public static final String TOTAL_COST = ExchangeTotals.COST;

  /** The exchange property with the currency of {@link #TOTAL_COST}, as ISO 4217 has it. */
  public static final String TOTAL_COST_CURRENCY = ExchangeTotals.COST_CURRENCY;

  private static final String UNKNOWN = "unknown";
  private static final String VERSION = readVersion();

  private final TelemetrySettings settings;
  private final CallTelemetry calls;

  private LlmTelemetry(OpenTelemetry openTelemetry, TelemetrySettings settings) {
    this.settings = settings;
    this.calls = new CallTelemetry(openTelemetry, VERSION, settings);
  }

  /** Telemetry that goes to {@code openTelemetry}, log records too if it has a place for them. */
  public static LlmTelemetry create(OpenTelemetry openTelemetry) {
    return create(
        openTelemetry, TelemetrySettings.builder().httpSpans(!JavaAgent.isPresent()).build());
  }

  /** Telemetry that goes to {@code openTelemetry}, kept as {@code settings} say. */
  public static LlmTelemetry create(OpenTelemetry openTelemetry, TelemetrySettings settings) {
    return new LlmTelemetry(openTelemetry, settings);
  }

  TelemetrySettings settings() {
    return settings;
  }

  /**
   * Waits a few seconds for calls whose contents are with a redactor or hook; what is not through
   * by then is recorded without contents. To be called before the OpenTelemetry is closed; calls
   * may go on afterwards. The plugin does it where Camel stops.
   */
  @Override
  public void close() {
    calls.drain();
  }

  /** Where the log record of each call goes in the end: never {@link CallLogTarget#AUTO}. */
  CallLogTarget logTarget() {
    return calls.logTarget();
  }

  @Override
  public CallObserver observe(Exchange exchange) {
    Message message = exchange.getMessage();
    ExchangeTrace trace = ExchangeTrace.of(exchange);
    ExchangeTotals totals = ExchangeTotals.of(exchange);
    // A call may wait for a redactor long after its exchange, which may be large, has gone.
    WeakReference<Exchange> asking = new WeakReference<>(exchange);
    return calls.observer(
        Caller.at(start -> remembered(asking.get(), trace.start(start)))
            .sums((usage, cost, nanos) -> totals.add(asking.get(), spent(usage, cost, nanos)))
            .routeId(ExchangeHelper.getRouteId(exchange))
            .nodeId(exchange.getExchangeExtension().getHistoryNodeId())
            .stepId(exchange.getProperty(ExchangePropertyKey.STEP_ID, String.class))
            .joined(trace.joined())
            .exchangeId(exchange.getExchangeId())
            .redelivery(Redelivery.counter(exchange))
            .breadcrumbId(message.getHeader(Exchange.BREADCRUMB_ID, String.class))
            .conversationId(message.getHeader(LlmConstants.CONVERSATION_ID, String.class))
            .userId(message.getHeader(LlmConstants.USER_ID, String.class))
            .purpose(message.getHeader(LlmConstants.PURPOSE, String.class))
            .build());
  }

  private static Totals spent(Usage usage, @Nullable Cost cost, long nanos) {
    return Totals.ofCall(usage.inputTokens(), usage.outputTokens(), nanos, cost);
  }

  private static Context remembered(@Nullable Exchange exchange, Context call) {
    SpanContext span = Span.fromContext(call).getSpanContext();
    if (exchange != null && span.isValid()) {
      exchange.setProperty(TRACE_ID, span.getTraceId());
    }
    return call;
  }

  private static String readVersion() {
    try (InputStream in = LlmTelemetry.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
