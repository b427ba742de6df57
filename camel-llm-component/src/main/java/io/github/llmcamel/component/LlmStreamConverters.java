/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.model.ChatEvent;
import java.io.InputStream;
import java.util.concurrent.Flow;
import org.apache.camel.Converter;

/**
 * What a live answer can be converted to. Not to a String: {@code log("${body}")} would then read
 * it to its end.
 */
@Converter(generateLoader = true)
public final class LlmStreamConverters {

  private LlmStreamConverters() {}

  /** OpenAI's server-sent events; the stream's one reader from now on. */
  @Converter
  public static InputStream toInputStream(LlmStream<?> stream) {
    return new SseInputStream(stream);
  }

  /** The same as {@link LlmStream#asPublisher()}. */
  @Converter
  public static Flow.Publisher<ChatEvent> toPublisher(LlmStream<?> stream) {
    return stream.asPublisher();
  }
}
