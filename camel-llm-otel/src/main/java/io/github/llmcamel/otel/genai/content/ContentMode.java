/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the contents of calls are recorded. */
public enum ContentMode {
  /** Nowhere. */
  NO_CONTENT,
  /** On the call's span. */
  SPAN_ONLY,
  /** On an event of their own. */
  EVENT_ONLY,
  /** On the call's span and on an event. */
  SPAN_AND_EVENT;

  private static final Logger LOG = LoggerFactory.getLogger(ContentMode.class);

  /**
   * The mode of that name; {@code true} is {@link #SPAN_AND_EVENT}, {@code false} and {@code none}
   * are {@link #NO_CONTENT}. A name that is none of these is warned of and records nothing.
   *
   * @param setting where the name was given, for the warning
   * @param name in any case; {@link #NO_CONTENT} if it is null or blank
   */
  public static ContentMode of(String setting, @Nullable String name) {
    if (name == null || name.isBlank()) {
      return NO_CONTENT;
    }
    return switch (name.trim().toLowerCase(Locale.ROOT)) {
      case "no_content", "none", "false" -> NO_CONTENT;
      case "span_only" -> SPAN_ONLY;
      case "event_only" -> EVENT_ONLY;
      case "span_and_event", "true" -> SPAN_AND_EVENT;
      default -> {
        LOG.warn(
            "{} is '{}'; no contents are recorded. Use no_content, span_only, event_only or"
                + " span_and_event.",
            setting,
            name);
        yield NO_CONTENT;
      }
    };
  }

  /** Whether spans carry contents. */
  public boolean isOnSpans() {
    return this == SPAN_ONLY || this == SPAN_AND_EVENT;
  }

  /** Whether events carry contents. */
  public boolean isOnEvents() {
    return this == EVENT_ONLY || this == SPAN_AND_EVENT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
