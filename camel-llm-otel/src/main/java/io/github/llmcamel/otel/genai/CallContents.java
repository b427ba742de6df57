/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.observe.Call;
import io.github.llmcamel.otel.genai.content.ContentCapture;
import io.github.llmcamel.otel.genai.content.ContentJson;
import io.github.llmcamel.otel.genai.content.EndedCall;
import io.github.llmcamel.otel.genai.content.RecordedContent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the contents of calls go: to their spans, and to events of their own. Thread-safe. */
final class CallContents {

  private static final int MAX_CODE_POINTS_OF_EVENT = 500;
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final Logger logger;
  private final Profile profile;
  private final ContentCapture capture;

  CallContents(Logger logger, TelemetrySettings settings) {
    this.logger = logger;
    this.profile = settings.profile();
    this.capture = new ContentCapture(settings.content());
  }

  ContentCapture capture() {
    return capture;
  }

  /** Takes the ending of a call as it may be told, and its contents; null if there are none. */
  @FunctionalInterface
  interface Telling {
    void tell(CallEnding ending, @Nullable RecordedContent content);
  }

  /**
   * Finds out what may be told of a call.
   *
   * @param telling called exactly once, later on another thread if code of the application has a
   *     say
   */
  void prepare(Call call, CallEnding ending, Context context, Telling telling) {
    if (capture.isOff()) {
      telling.tell(ending, null);
      return;
    }
    capture.prepare(
        new EndedCall(
            call.provider().protocol(),
            call.request(),
            ending.response(),
            ending.errorMessage(),
            Span.fromContext(context)),
        content -> telling.tell(ending.withErrorMessage(content.errorMessage()), content));
  }

  /**
   * Writes contents on the span of their call, if they belong there.
   *
   * @param context the call's
   * @param content null if there is none
   */
  void onSpan(Context context, @Nullable RecordedContent content) {
    Span span = Span.fromContext(context);
    if (content == null || !capture.mode().isOnSpans() || !span.isRecording()) {
      return;
    }
    set(span, GenAiAttributes.SYSTEM_INSTRUCTIONS, text(content.systemInstructions()));
    set(span, GenAiAttributes.INPUT_MESSAGES, text(content.inputMessages()));
    set(span, GenAiAttributes.OUTPUT_MESSAGES, text(content.outputMessages()));
    set(span, GenAiAttributes.TOOL_DEFINITIONS, text(content.toolDefinitions()));
    if (profile == Profile.SEED) {
      prompt(span, content.prompt());
      completion(span, content);
    }
  }

  private static void prompt(Span span, @Nullable String prompt) {
    if (prompt != null) {
      span.setAttribute(GenAiAttributes.PROMPT_ROLE, USER);
      span.setAttribute(GenAiAttributes.PROMPT_CONTENT, prompt);
      span.addEvent(
          "gen_ai.user.message",
          Attributes.of(
              GenAiAttributes.EVENT_PROMPT_ROLE,
              USER,
              GenAiAttributes.EVENT_PROMPT_CONTENT,
              cut(prompt)));
    }
  }

  private static void completion(Span span, RecordedContent content) {
    String completion = content.completion();
    if (completion != null) {
      span.setAttribute(GenAiAttributes.COMPLETION_ROLE, ASSISTANT);
      span.setAttribute(GenAiAttributes.COMPLETION_CONTENT, completion);
      set(span, GenAiAttributes.COMPLETION_FINISH_REASON, content.completionFinishReason());
      span.addEvent(
          "gen_ai.assistant.message",
          Attributes.builder()
              .put(GenAiAttributes.EVENT_COMPLETION_ROLE, ASSISTANT)
              .put(GenAiAttributes.EVENT_COMPLETION_CONTENT, cut(completion))
              .put(GenAiAttributes.EVENT_COMPLETION_FINISH_REASON, content.completionFinishReason())
              .build());
    }
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX_CODE_POINTS_OF_EVENT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS_OF_EVENT)) + "...";
  }

  /**
   * Emits the details event of a call.
   *
   * @param context the call's, so that the event leads to its span
   * @param details the attributes of the span; null if there is no such event
   * @param content null if there is none
   */
  void onEvent(
      Context context,
      @Nullable Attributes details,
      @Nullable RecordedContent content,
      long endEpochNanos) {
    if (details == null) {
      return;
    }
    LogRecordBuilder event =
        logger
            .logRecordBuilder()
            .setTimestamp(endEpochNanos, TimeUnit.NANOSECONDS)
            .setContext(context)
            .setSeverity(Severity.DEBUG)
            .setSeverityText(Severity.DEBUG.name())
            .setAllAttributes(details);
    CallLogs.name(event, Declared.DETAILS_EVENT.id());
    if (content != null) {
      set(event, GenAiAttributes.SYSTEM_INSTRUCTIONS, content.systemInstructions());
      set(event, GenAiAttributes.INPUT_MESSAGES, content.inputMessages());
      set(event, GenAiAttributes.OUTPUT_MESSAGES, content.outputMessages());
      set(event, GenAiAttributes.TOOL_DEFINITIONS, content.toolDefinitions());
    }
    event.emit();
  }

  private static void set(
      LogRecordBuilder event, AttributeKey<String> key, @Nullable ContentJson content) {
    if (content == null) {
      return;
    }
    AttributeKey<Value<?>> structured = GenAiAttributes.structured(key);
    if (structured != null) {
      event.setAttribute(structured, content.value());
    } else {
      event.setAttribute(key, content.text());
    }
  }

  private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }

  private static @Nullable String text(@Nullable ContentJson content) {
    return content == null ? null : content.text();
  }
}
