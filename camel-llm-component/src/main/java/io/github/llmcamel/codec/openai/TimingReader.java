/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ServerTiming;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the server worked, where it says so: llama.cpp's {@code timings}. */
final class TimingReader {

  private TimingReader() {}

  /** The timing of a chunk or a whole answer; null if it has none. */
  static @Nullable ServerTiming find(JsonNode chunk) {
    JsonNode timings = chunk.path("timings");
    if (timings.isEmpty()) {
      return null;
    }
    ServerTiming timing =
        new ServerTiming(millis(timings.path("prompt_ms")), perOutputToken(timings));
    return timing.equals(ServerTiming.UNKNOWN) ? null : timing;
  }

  /** Its clock for the output starts at the first token. */
  private static @Nullable Duration perOutputToken(JsonNode timings) {
    Duration output = millis(timings.path("predicted_ms"));
    Long tokens = Json.count(timings.path("predicted_n"));
    return output == null || tokens == null || tokens < 2 ? null : output.dividedBy(tokens - 1);
  }

  private static @Nullable Duration millis(JsonNode value) {
    double nanos = value.asDouble(-1) * TimeUnit.MILLISECONDS.toNanos(1);
    return value.isNumber() && nanos >= 0 && nanos < Long.MAX_VALUE
        ? Duration.ofNanos(Math.round(nanos))
        : null;
  }
}
