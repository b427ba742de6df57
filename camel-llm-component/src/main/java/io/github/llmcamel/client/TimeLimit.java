/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What may take too long, with the option that sets its limit. */
enum TimeLimit {
  QUEUE("queueTimeout", "had no place for another call"),
  FIRST_BYTE("firstByteTimeout", "did not begin its answer"),
  IDLE("idleTimeout", "stood still in the middle of its answer"),
  REQUEST("requestTimeout", "did not complete its answer"),
  /** The model has finished; only token counts or the end of the stream may still come. */
  FINISH(null, "did not end its stream"),
  /** The reader of a live answer has more than it takes. */
  CONSUMER("consumerTimeout", "sent more than the reader of its answer has taken");

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final @Nullable String option;
  private final String complaint;

  TimeLimit(@Nullable String option, String complaint) {
    this.option = option;
    this.complaint = complaint;
  }

  /** How long it is; zero is no limit. */
  Duration of(Timeouts timeouts) {
    return switch (this) {
      case QUEUE -> timeouts.queue();
      case FIRST_BYTE -> timeouts.firstByte();
      case IDLE -> timeouts.idle();
      case REQUEST -> timeouts.request();
      case FINISH -> GRACE;
      case CONSUMER -> timeouts.consumer();
    };
  }

  /** What went wrong and which option to raise, if there is one. */
  String message(Timeouts timeouts) {
    String problem = "%s within %s".formatted(complaint, readable(of(timeouts)));
    return option == null ? problem + "." : "%s (%s).".formatted(problem, option);
  }

  private static String readable(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
