/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request, at its end, without contents: logger {@code
 * io.github.llmcamel.gateway.access}, level INFO.
 *
 * <pre>{@code
 * method=POST target=/v1/chat/completions status=200 duration_ms=840 first_byte_ms=120 bytes=5120 ended=completed ...
 * }</pre>
 *
 * <p>Each value has 128 ASCII characters at most and neither spaces nor quotes, whatever a client
 * sent, so that a line can be split at its spaces. What is unknown is left out.
 */
public final class AccessLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.llmcamel.gateway.access");

  private AccessLog() {}

  /**
   * What is told about a request.
   *
   * @param target the template of the route; the path where nobody serves it
   * @param status that the client got; 0 if no answer was begun
   * @param duration from the request's headers to the last byte of the answer
   * @param firstByte from the request's headers to the first byte of the answer's body; null if
   *     there was none
   * @param bytes of the answer's body that left
   * @param key the id of the key, never the key; null without one
   * @param model that the client asked for; null if the request names none
   * @param provider that answered; null if none did
   * @param answeredModel that answered; null if unknown
   * @param traceId null without a trace
   */
  public record Entry(
      String method,
      String target,
      int status,
      Duration duration,
      @Nullable Duration firstByte,
      long bytes,
      Ended ended,
      @Nullable String key,
      @Nullable String model,
      @Nullable String provider,
      @Nullable String answeredModel,
      String requestId,
      @Nullable String traceId) {

    public Entry {
      Objects.requireNonNull(method, "method");
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(duration, "duration");
      Objects.requireNonNull(ended, "ended");
      Objects.requireNonNull(requestId, "requestId");
    }
  }

  /** Writes the line of a request that has ended. */
  public static void write(Entry entry) {
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", line(entry));
    }
  }

  static String line(Entry entry) {
    StringBuilder line = new StringBuilder(256);
    put(line, "method", entry.method());
    put(line, "target", entry.target());
    put(line, "status", Integer.toString(entry.status()));
    put(line, "duration_ms", millis(entry.duration()));
    put(line, "first_byte_ms", entry.firstByte() == null ? null : millis(entry.firstByte()));
    put(line, "bytes", Long.toString(entry.bytes()));
    put(line, "ended", entry.ended().word());
    put(line, "key", entry.key());
    put(line, "model", entry.model());
    put(line, "provider", entry.provider());
    put(line, "answered_model", entry.answeredModel());
    put(line, "request_id", entry.requestId());
    put(line, "trace_id", entry.traceId());
    return line.toString();
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static void put(StringBuilder line, String name, @Nullable String value) {
    if (value != null) {
      line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(SafeText.of(value));
    }
  }
}
