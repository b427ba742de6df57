/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayCountsTest {

  private final GatewayCounts counts = new GatewayCounts(Clock.systemUTC());

  @Test
  void nothingHasHappenedAtFirst() {
    assertThat(counts.read())
        .isEqualTo(
            new RequestCounts(
                0,
                0,
                0,
                Map.of("2xx", 0L, "3xx", 0L, "4xx", 0L, "5xx", 0L),
                Map.of(
                    Rejection.AUTHENTICATION, 0L,
                    Rejection.RATE_LIMIT, 0L,
                    Rejection.QUEUE_FULL, 0L,
                    Rejection.QUEUE_TIMEOUT, 0L,
                    Rejection.BODY_SIZE, 0L),
                0,
                0));
  }

  @Test
  void aRequestIsQueuedThenInFlightThenAStreamThenOver() {
    CountedRequest request = counts.arrived();
    assertNow(0, 0, 0);

    request.queued();
    assertNow(1, 0, 0);

    request.admitted();
    assertNow(0, 1, 0);

    request.streaming();
    assertNow(0, 1, 1);

    request.ended(200);
    assertNow(0, 0, 0);
    assertThat(counts.read().answered()).containsEntry("2xx", 1L);
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    CountedRequest request = counts.arrived();
    request.queued();
    request.queued();
    assertNow(1, 0, 0);

    request.admitted();
    request.admitted();
    assertNow(0, 1, 0);

    request.streaming();
    request.streaming();
    assertNow(0, 1, 1);

    request.ended(200);
    request.ended(500);
    assertNow(0, 0, 0);
    assertThat(counts.read().answered()).containsEntry("2xx", 1L).containsEntry("5xx", 0L);
  }

  @Test
  void nothingBeginsAfterTheEnd() {
    CountedRequest request = counts.arrived();
    request.ended(503);

    request.queued();
    request.admitted();
    request.streaming();

    assertNow(0, 0, 0);
  }

  @Test
  void aRejectionCountsByItsReasonAndAsAnAnswer() {
    CountedRequest request = counts.arrived();
    request.rejected(Rejection.QUEUE_TIMEOUT);
    request.ended(503);

    assertThat(counts.read().rejected())
        .containsEntry(Rejection.QUEUE_TIMEOUT, 1L)
        .containsEntry(Rejection.QUEUE_FULL, 0L);
    assertThat(counts.read().answered()).containsEntry("5xx", 1L);
  }

  @Test
  void aClientThatLeftBeforeAStatusWasNotAnswered() {
    CountedRequest request = counts.arrived();
    request.clientGone();
    request.ended(0);

    assertThat(counts.read().clientsGone()).isEqualTo(1);
    assertThat(counts.read().answered()).allSatisfy((status, n) -> assertThat(n).isZero());
  }

  @Test
  void aSlowClientThatIsCutHasBeenAnswered() {
    CountedRequest request = counts.arrived();
    request.queued();
    request.admitted();
    request.streaming();
    request.slowClientCut();
    request.ended(200);

    assertThat(counts.read().slowClientsCut()).isEqualTo(1);
    assertThat(counts.read().answered()).containsEntry("2xx", 1L);
  }

  @Test
  void countsWhatComesAtOnce() {
    Stream.generate(() -> CompletableFuture.runAsync(this::request))
        .limit(1000)
        .toList()
        .forEach(CompletableFuture::join);

    assertNow(0, 0, 0);
    assertThat(counts.read().answered()).containsEntry("4xx", 1000L);
  }

  private void request() {
    CountedRequest request = counts.arrived();
    request.queued();
    request.admitted();
    CompletableFuture<Void> timer = CompletableFuture.runAsync(() -> request.ended(408));
    request.streaming();
    request.ended(499);
    timer.join();
  }

  private void assertNow(long queued, long inFlight, long streams) {
    RequestCounts now = counts.read();
    assertThat(now.queued()).isEqualTo(queued);
    assertThat(now.inFlight()).isEqualTo(inFlight);
    assertThat(now.streams()).isEqualTo(streams);
  }
}
