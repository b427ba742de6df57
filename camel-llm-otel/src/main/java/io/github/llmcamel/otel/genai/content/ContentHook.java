/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Sees the contents of each chat call when it has ended, and says what of them is recorded: to keep
 * them elsewhere and record where, for example.
 *
 * <p>Bind one as a bean of Camel's registry, or name it for the service loader. It is called
 * whether or not contents are recorded and the span is sampled, after every {@link
 * ContentRedactor}. Several are asked one after the other.
 *
 * <p>It is called on a thread of its own, for one call at a time, and holds up no route. One that
 * takes longer than a second for a call is given up, and what one throws is logged once: either way
 * that call's telemetry has no contents.
 */
@FunctionalInterface
public interface ContentHook {

  /**
   * Sees the contents of one call.
   *
   * @param content what was said, as far as the call got
   * @param span the call's span; not valid if there is none
   * @return what may be recorded, as far as contents are; null records none
   */
  @Nullable CallContent record(CallContent content, SpanContext span);
}
