/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of each call that has ended what of its contents may be recorded. Thread-safe. */
public final class ContentCapture {

  private static final Logger LOG = LoggerFactory.getLogger(ContentCapture.class);

  private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(1);

  private final ContentSettings settings;
  private final Redaction redaction;
  private final ForeignCode foreignCode;
  private final Set<Class<?>> reportedHooks = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isOddReported = new AtomicBoolean();

  /** Says so by these settings, with threads of its own for redactors and hooks. */
  public ContentCapture(ContentSettings settings) {
    this(settings, new ForeignCode());
  }

  ContentCapture(ContentSettings settings, ForeignCode foreignCode) {
    this.settings = settings;
    this.redaction = new Redaction(settings.redactors());
    this.foreignCode = foreignCode;
  }

  /** Where contents are recorded. */
  public ContentMode mode() {
    return settings.mode();
  }

  /** Whether there is nothing to prepare for any call: what is known of it may be told. */
  public boolean isOff() {
    return settings.mode() == ContentMode.NO_CONTENT
        && settings.redactors().isEmpty()
        && settings.hooks().isEmpty();
  }

  /**
   * Prepares what may be recorded of a call.
   *
   * @param ending called exactly once: on this thread where no redactor or hook has a say, else
   *     later on another
   */
  public void prepare(EndedCall call, Consumer<RecordedContent> ending) {
    if (isHooked(call) || isRedacted(call)) {
      foreignCode.run(
          call.characters(),
          () -> recorded(call),
          recorded -> ending.accept(recorded != null ? recorded : unprepared(call)));
    } else {
      ending.accept(recordedHere(call));
    }
  }

  /** Whatever is odd about contents must not cost the rest of the telemetry. */
  private RecordedContent recordedHere(EndedCall call) {
    try {
      return recorded(call);
    } catch (RuntimeException | StackOverflowError e) {
      if (isOddReported.compareAndSet(false, true)) {
        LOG.warn("The contents of a call cannot be recorded: {}.", e.getClass().getName());
      }
      return unprepared(call);
    }
  }

  /** Waits a few seconds for calls whose contents are with a redactor or hook. */
  public void drain() {
    foreignCode.drain(DRAIN_DEADLINE);
  }

  private boolean isRecorded(EndedCall call) {
    ContentMode mode = settings.mode();
    return isChat(call) && (mode.isOnEvents() || (mode.isOnSpans() && call.span().isRecording()));
  }

  private boolean isHooked(EndedCall call) {
    return isChat(call) && !settings.hooks().isEmpty();
  }

  private boolean isRedacted(EndedCall call) {
    return !settings.redactors().isEmpty() && (isRecorded(call) || call.errorMessage() != null);
  }

  private static boolean isChat(EndedCall call) {
    return call.request() instanceof ChatRequest;
  }

  /** What no redactor has seen is not shown. */
  private RecordedContent unprepared(EndedCall call) {
    boolean mayShow = call.errorMessage() == null || settings.redactors().isEmpty();
    return RecordedContent.none(mayShow ? call.errorMessage() : Redaction.FAILED);
  }

  private RecordedContent recorded(EndedCall call) {
    String errorMessage = redaction.redact(ContentKind.ERROR_MESSAGE, call.errorMessage());
    if (!isRecorded(call) && !isHooked(call)) {
      return RecordedContent.none(errorMessage);
    }
    CallContent content = hooked(redaction.redact(read(call)), call);
    if (content == null || !isRecorded(call)) {
      return RecordedContent.none(errorMessage);
    }
    CallContent chosen = content.only(settings.roles());
    return RecordedContent.of(
        errorMessage,
        settings.toolDefinitions() == ContentSettings.Tools.WHOLE ? chosen : chosen.withBareTools(),
        settings.budget());
  }

  private CallContent read(EndedCall call) {
    return ContentReader.read(
        call.protocol(),
        (ChatRequest) call.request(),
        call.response() instanceof ChatResponse response ? response : null,
        settings.hooks().isEmpty() ? settings.toolDefinitions() : ContentSettings.Tools.WHOLE);
  }

  private @Nullable CallContent hooked(CallContent content, EndedCall call) {
    SpanContext span = call.span().getSpanContext();
    CallContent hooked = content;
    for (ContentHook hook : settings.hooks()) {
      if (hooked == null) {
        return null;
      }
      try {
        hooked = hook.record(hooked, span);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        report(hook, e);
        return null;
      }
    }
    return hooked;
  }

  /** Without the exception's message, which may quote contents. */
  private void report(ContentHook hook, Throwable thrown) {
    if (reportedHooks.add(hook.getClass())) {
      LOG.warn(
          "Hook {} threw {}; the call is recorded without contents. Correct it; this is said once.",
          hook.getClass().getName(),
          thrown.getClass().getName());
    }
  }
}
