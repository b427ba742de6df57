/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.junit.jupiter.api.Test;

class UntilSentTest {

  private final RecordedReply reply = new RecordedReply(1);
  private final List<ReplyHandler> attempts = new ArrayList<>();
  private final List<Integer> cancelled = new ArrayList<>();
  private final UntilSent call = new UntilSent(this::attempt, reply);

  @Test
  void aRequestThatWasNotSentIsSentOverAnotherConnection() {
    call.send();
    attempts.get(0).onFailure(new RequestNotExecutedException());

    assertThat(attempts).hasSize(2);
    attempts.get(1).onHead(200, Map.of());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.failure()).isNull();
  }

  @Test
  void aRequestThatMayHaveBeenReadIsNotSentAgain() {
    ConnectionClosedException closed = new ConnectionClosedException("Connection closed by peer");

    call.send();
    attempts.get(0).onFailure(closed);

    assertThat(attempts).hasSize(1);
    assertThat(reply.failure()).isSameAs(closed);
  }

  @Test
  void itGivesUpAfterFiveConnections() {
    call.send();
    for (int i = 0; i < 5; i++) {
      assertThat(reply.failure()).isNull();
      attempts.get(i).onFailure(new RequestNotExecutedException());
    }

    assertThat(attempts).hasSize(5);
    assertThat(requireNonNull(reply.failure())).isInstanceOf(RequestNotExecutedException.class);
  }

  @Test
  void cancellingReachesTheAttemptThatIsUnderWay() {
    call.send();
    attempts.get(0).onFailure(new RequestNotExecutedException());

    call.cancel();

    assertThat(cancelled).contains(2);
  }

  @Test
  void aCallThatIsCancelledIsNotSentAgain() {
    call.send();
    call.cancel();
    attempts.get(0).onFailure(new RequestNotExecutedException());

    assertThat(attempts).hasSize(1);
    assertThat(reply.failure()).isNotNull();
  }

  private Cancellable attempt(ReplyHandler handler) {
    attempts.add(handler);
    int number = attempts.size();
    return () -> cancelled.add(number);
  }
}
