/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai.content;

import org.jspecify.annotations.Nullable;

/**
 * Takes out of contents what telemetry must not hold.
 *
 * <p>Bind one as a bean of Camel's registry, or name it for the service loader. It is given every
 * piece of content before anything is recorded, cut or shown to a {@link ContentHook}, whole; and
 * the messages of failed calls also where no contents are recorded. Several are asked one after the
 * other.
 *
 * <p>It is called on a thread of its own, for one call at a time, and holds up no route. One that
 * takes longer than a second for a call is given up: that call's telemetry has no contents. What it
 * throws leaves out the piece.
 *
 * <pre>{@code
 * ContentRedactor patients = (kind, text) -> text.replaceAll("PAT-\\d+", "[patient]");
 * context.getRegistry().bind("patients", patients);
 * }</pre>
 */
@FunctionalInterface
public interface ContentRedactor {

  /**
   * Redacts one piece.
   *
   * @param text never empty; JSON or base64 where {@code kind} says so, and it had better be so
   *     afterwards
   * @return what may be recorded; null leaves the piece out
   */
  @Nullable String redact(ContentKind kind, String text);
}
