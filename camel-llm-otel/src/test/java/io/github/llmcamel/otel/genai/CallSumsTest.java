/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.otel.testkit.Calls;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallSumsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final ManualClock clock = new ManualClock();
  private final List<Ended> ended = new ArrayList<>();

  private record Ended(Usage usage, long nanos) {}

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void areToldOfACompleteAnswer() {
    start().completed(Calls.response());

    assertThat(ended).containsExactly(new Ended(Calls.response().usage(), SECOND.toNanos()));
  }

  @Test
  void areToldOfAFailure() {
    start().failed(Calls.rateLimit());

    assertThat(ended).containsExactly(new Ended(Usage.UNKNOWN, SECOND.toNanos()));
  }

  @Test
  void areToldOfACancelledCallAndWhatCameOfIt() {
    start().cancelled(Cancellation.CLOSED_BY_CONSUMER, Calls.response());

    assertThat(ended).containsExactly(new Ended(Calls.response().usage(), SECOND.toNanos()));
  }

  @Test
  void areToldOnceWhenEndingsRace() {
    CallObservation call = start();

    call.failed(Calls.rateLimit());
    call.cancelled(Cancellation.STOPPED, Calls.bare());

    assertThat(ended).hasSize(1);
  }

  @Test
  void thatThrowCostNoOtherSignal() {
    CallObservation call =
        start(
            (usage, cost, nanos) -> {
              throw new IllegalStateException("sums");
            });

    assertThatThrownBy(() -> call.completed(Calls.response())).hasMessage("sums");

    assertThat(telemetry.onlySpan().hasEnded()).isTrue();
    assertThat(telemetry.durationPoint().getCount()).isEqualTo(1);
    assertThat(telemetry.logs()).hasSize(1);
  }

  private CallObservation start() {
    return start((usage, cost, nanos) -> ended.add(new Ended(usage, nanos)));
  }

  /** A call that has run for a second. */
  private CallObservation start(CallSums sums) {
    Caller caller = Caller.at(Calls.below(Context.root())).sums(sums).build();
    CallObservation call =
        new CallTelemetry(telemetry.openTelemetry(), "1", TelemetrySettings.defaults(), clock)
            .observer(caller)
            .start(Calls.whole());
    clock.advance(SECOND);
    return call;
  }
}
