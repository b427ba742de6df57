/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.github.llmcamel.model.ChatResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast a complete answer came: by the server's clock where it tells, else by ours.
 *
 * @param toFirstToken null if nobody can tell
 * @param perOutputToken null if nobody can tell
 * @param tokensPerSecond while the model was writing, or of the whole call where that cannot be
 *     told; null if the number of tokens is unknown or 0
 */
record TokenPace(
    @Nullable Time toFirstToken, @Nullable Time perOutputToken, @Nullable Double tokensPerSecond) {

  private static final double TOLERANCE_SECONDS = 1;

  /** Whose clock a time was taken by. */
  enum Source {
    SERVER("server"),
    CLIENT("client");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A time, and by whose clock. */
  record Time(double seconds, Source source) {}

  /**
   * The pace of an answer.
   *
   * @param callSeconds how long the call took
   */
  static TokenPace of(ChatResponse response, AnswerProgress progress, double callSeconds) {
    Time perOutputToken =
        time(
            response.serverTiming().perOutputToken(),
            progress.secondsPerToken(response),
            callSeconds);
    return new TokenPace(
        time(response.serverTiming().promptEvaluation(), progress.secondsToFirst(), callSeconds),
        perOutputToken,
        tokensPerSecond(response.usage().outputTokens(), perOutputToken, callSeconds));
  }

  /** A server that claims more time than the call took counts something else. */
  private static @Nullable Time time(
      @Nullable Duration server, @Nullable Double clientSeconds, double callSeconds) {
    if (server != null) {
      double seconds = (double) server.toNanos() / TimeUnit.SECONDS.toNanos(1);
      if (seconds <= callSeconds + TOLERANCE_SECONDS) {
        return new Time(seconds, Source.SERVER);
      }
    }
    return clientSeconds == null ? null : new Time(clientSeconds, Source.CLIENT);
  }

  private static @Nullable Double tokensPerSecond(
      @Nullable Long tokens, @Nullable Time perToken, double callSeconds) {
    if (tokens == null || tokens == 0) {
      return null;
    }
    if (perToken != null && perToken.seconds() > 0) {
      return 1 / perToken.seconds();
    }
    return callSeconds > 0 ? Double.valueOf(tokens / callSeconds) : null;
  }
}
