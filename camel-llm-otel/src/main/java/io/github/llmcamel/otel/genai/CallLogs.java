/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.DefaultLoggingEventBuilder;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/** One log record for each call, when it ends. Thread-safe. */
final class CallLogs {

  /** The name in the application's own log. */
  static final String NAME = "io.github.llmcamel.calls";

  static final String FAILED_EVENT = Declared.EXCEPTION_EVENT.id();

  private static final Pattern UNPRINTED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private static final Pattern AMBIGUOUS = Pattern.compile("[\\s=\"\\\\]|^$");

  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\]");

  private static final org.slf4j.Logger SLF4J = LoggerFactory.getLogger(NAME);

  private final Logger logger;
  private final Profile profile;
  private final boolean toOtlp;
  private final boolean toSlf4j;

  CallLogs(Logger logger, TelemetrySettings settings) {
    this.logger = logger;
    this.profile = settings.profile();
    CallLogTarget target = settings.log();
    boolean auto = target == CallLogTarget.AUTO;
    boolean both = target == CallLogTarget.BOTH;
    boolean real = isReal(logger);
    this.toOtlp = both || target == CallLogTarget.OTLP || (auto && real);
    this.toSlf4j = both || target == CallLogTarget.SLF4J || (auto && !real);
  }

  /** OpenTelemetry hands out a logger of this class where no log record would get anywhere. */
  private static boolean isReal(Logger logger) {
    return logger.getClass() != LoggerProvider.noop().get(NAME).getClass();
  }

  /** Where records go: {@code otlp}, {@code slf4j}, {@code both} or {@code none}. */
  CallLogTarget target() {
    if (toOtlp) {
      return toSlf4j ? CallLogTarget.BOTH : CallLogTarget.OTLP;
    }
    return toSlf4j ? CallLogTarget.SLF4J : CallLogTarget.NONE;
  }

  /**
   * Logs the ending of a call.
   *
   * @param context the call's, so that the record leads to its span
   */
  void ended(
      Context context,
      Call call,
      Caller caller,
      CallEnding ending,
      double seconds,
      long endEpochNanos) {
    boolean failed = ending.errorType() != null;
    if (!failed && profile == Profile.STRICT) {
      return; // The conventions have no record of a success.
    }
    String body = body(failed, call);
    Attributes attributes = attributes(call, caller, ending, seconds);
    if (toOtlp) {
      emit(context, failed, body, attributes, endEpochNanos);
    }
    if (toSlf4j) {
      log(context, failed, body, attributes);
    }
  }

  private static String body(boolean failed, Call call) {
    boolean isEmbeddings = CallTelemetry.operation(call).equals(GenAiAttributes.EMBEDDINGS);
    String operation = isEmbeddings ? "Embeddings" : "Chat";
    if (failed) {
      return operation + " failed";
    }
    return call.delivery() == Delivery.STREAMED ? "Stream done" : operation + " done";
  }

  private Attributes attributes(Call call, Caller caller, CallEnding ending, double seconds) {
    AttributesBuilder attributes = Attributes.builder();
    put(attributes, GenAiAttributes.MODEL, call.request().model());
    put(attributes, GenAiAttributes.DURATION_SECONDS, Math.round(seconds * 1_000) / 1_000.0);
    ModelResponse response = ending.response();
    Usage usage = response == null ? Usage.UNKNOWN : response.usage();
    put(attributes, GenAiAttributes.PROMPT_TOKENS, usage.inputTokens());
    put(attributes, GenAiAttributes.COMPLETION_TOKENS, usage.outputTokens());
    put(attributes, GenAiAttributes.OUTCOME, ending.outcome().word());
    put(attributes, GenAiAttributes.CAMEL_ROUTE_ID, caller.routeId());
    put(attributes, GenAiAttributes.CAMEL_EXCHANGE_ID, caller.exchangeId());
    put(attributes, GenAiAttributes.ERROR_TYPE, ending.errorType());
    put(attributes, GenAiAttributes.EXCEPTION_TYPE, ending.exceptionType());
    put(attributes, GenAiAttributes.EXCEPTION_MESSAGE, ending.errorMessage());
    return attributes.build();
  }

  private <T> void put(AttributesBuilder attributes, AttributeKey<T> key, @Nullable T value) {
    if (value != null && profile.has(Declared.EXCEPTION_EVENT, key)) {
      attributes.put(key, value);
    }
  }

  private void emit(
      Context context, boolean failed, String body, Attributes attributes, long endEpochNanos) {
    Severity severity = failed ? Severity.WARN : Severity.INFO;
    LogRecordBuilder record =
        logger
            .logRecordBuilder()
            .setTimestamp(endEpochNanos, TimeUnit.NANOSECONDS)
            .setContext(context)
            .setSeverity(severity)
            .setSeverityText(severity.name())
            .setBody(body)
            .setAllAttributes(attributes);
    if (failed) {
      name(record, FAILED_EVENT);
    }
    record.emit();
  }

  /** A record could not have a name before OpenTelemetry's API 1.50. */
  static void name(LogRecordBuilder record, String event) {
    try {
      record.setEventName(event);
    } catch (NoSuchMethodError e) {
      record.setAttribute(GenAiAttributes.EVENT_NAME, event);
    }
  }

  private static void log(Context context, boolean failed, String body, Attributes attributes) {
    LoggingEventBuilder event = SLF4J.atLevel(failed ? Level.WARN : Level.INFO);
    boolean isText = isText(event);
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (span.isValid()) {
      event = event.addKeyValue("trace_id", span.getTraceId());
      event = event.addKeyValue("span_id", span.getSpanId());
    }
    for (var attribute : attributes.asMap().entrySet()) {
      event = event.addKeyValue(attribute.getKey().getKey(), shown(attribute.getValue(), isText));
    }
    event.log(body);
  }

  /** Whether SLF4J itself writes the pairs before the message, since the logger knows of none. */
  private static boolean isText(LoggingEventBuilder event) {
    return event instanceof DefaultLoggingEventBuilder && !(SLF4J instanceof LoggingEventAware);
  }

  /**
   * Names come from outside: they must neither begin a line of their own, nor steer a terminal, nor
   * look like another pair.
   */
  private static Object shown(Object value, boolean isText) {
    if (!(value instanceof String text)) {
      return value;
    }
    String line = UNPRINTED.matcher(text).replaceAll(" ");
    return isText && AMBIGUOUS.matcher(line).find()
        ? '"' + ESCAPED.matcher(line).replaceAll("\\\\$0") + '"'
        : line;
  }
}
