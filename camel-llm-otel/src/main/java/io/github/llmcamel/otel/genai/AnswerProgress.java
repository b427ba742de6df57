/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the content of a streamed answer came in, by the client's clock. Confined to one call. */
final class AnswerProgress {

  private long sentNanos;
  private long firstNanos;
  private long lastNanos;
  private long chunks;
  private boolean reasoned;

  AnswerProgress(long startNanos) {
    this.sentNanos = startNanos;
  }

  void sent(long nanos) {
    sentNanos = nanos;
  }

  /**
   * Content came.
   *
   * @return the seconds since the content before it, or since the request was sent
   */
  double content(ChatEvent event, long nanos) {
    long before = chunks == 0 ? sentNanos : lastNanos;
    firstNanos = chunks == 0 ? nanos : firstNanos;
    lastNanos = nanos;
    chunks++;
    reasoned = reasoned || event instanceof ChatEvent.ReasoningDelta;
    return seconds(nanos - before);
  }

  /** How many pieces of content came. */
  long chunks() {
    return chunks;
  }

  /** From sending to the first content; null if none came. */
  @Nullable Double secondsToFirst() {
    return chunks == 0 ? null : seconds(firstNanos - sentNanos);
  }

  /**
   * The mean time between the tokens that came; null where it cannot be told: fewer than two
   * tokens, all in one piece, an unknown number, or choices that came side by side.
   */
  @Nullable Double secondsPerToken(ChatResponse response) {
    Long tokens = tokensThatCame(response);
    return tokens == null || tokens < 2 || chunks < 2 || response.choices().size() > 1
        ? null
        : seconds(lastNanos - firstNanos) / (tokens - 1);
  }

  /** Reasoning is counted as output also where the provider keeps it to itself. */
  private @Nullable Long tokensThatCame(ChatResponse response) {
    Long output = response.usage().outputTokens();
    Long reasoning = response.usage().reasoningTokens();
    if (output == null || reasoning == null || reasoned) {
      return output;
    }
    return output - reasoning;
  }

  private static double seconds(long nanos) {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
