/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.transport.Transport.Cancellable;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures on the wire, with time in the test's hand. */
class SimulatedFaultTest {

  private static final String STREAM = ",\"stream\":true";
  // "[simulated] Hi" is four tokens: half of them come, after the role.
  private static final String HALF = "simulated";
  private static final int HALF_FRAMES = 3;

  private final ManualScheduler time = new ManualScheduler();
  private final SimulatedTransport transport = new SimulatedTransport(time);
  private final RecordingHandler handler = RecordingHandler.greedy();

  @AfterEach
  void nothingIsLeftBehind() {
    transport.close();
    assertThat(time.waiting()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "429, 429, requests,     rate_limit_exceeded, 1",
    "500, 500, server_error, ,                    "
  })
  void refusesAsOpenAiDoes(String fail, int status, String type, String code, String retryAfter)
      throws Exception {
    for (String form : List.of("", STREAM)) {
      RecordingHandler refused = send(form + ",\"fail\":" + fail);

      JsonNode error = new ObjectMapper().readTree(refused.body()).path("error");
      assertThat(refused.status).isEqualTo(status);
      assertThat(refused.completed).isTrue();
      assertThat(error.path("message").asText()).contains("simulated");
      assertThat(error.path("type").asText()).isEqualTo(type);
      assertThat(error.path("code").asText(null)).isEqualTo(code);
      assertThat(refused.headers.get("retry-after"))
          .isEqualTo(retryAfter == null ? null : List.of(retryAfter));
      assertThat(refused.headers.get("x-simulator")).containsExactly("true");
    }
  }

  @Test
  void resetsAWholeAnswerBeforeItsHead() {
    RecordingHandler reset = send(",\"fail\":\"reset\"");

    assertThat(reset.failedBeforeHead).isTrue();
    assertThat(reset.failures).singleElement().isInstanceOf(SocketException.class);
    assertThat(reset.ends).hasValue(1);
  }

  @Test
  void resetsAStreamInTheMiddleOfItsText() {
    RecordingHandler reset = send(STREAM + ",\"fail\":\"reset\"");

    assertThat(reset.status).isEqualTo(200);
    assertThat(reset.buffers).hasSize(HALF_FRAMES).last().asString().contains(HALF);
    assertThat(reset.failedBeforeHead).isFalse();
    assertThat(reset.failures).singleElement().isInstanceOf(SocketException.class);
    assertThat(reset.ends).hasValue(1);
  }

  @Test
  void breaksWhenTheAnswerWouldHaveCome() {
    transport.send(Requests.chat("Hi", ",\"fail\":\"reset\",\"firstTokenMs\":200"), handler);

    time.advance(Duration.ofMillis(199));
    assertThat(handler.ends).hasValue(0);
    time.advance(Duration.ofMillis(1));
    assertThat(handler.failedBeforeHead).isTrue();
  }

  @Test
  void stallsAStreamUntilItIsCancelled() {
    Cancellable call = transport.send(Requests.chat("Hi", STREAM + ",\"fail\":\"stall\""), handler);

    time.advance(Duration.ofDays(2));
    assertThat(handler.buffers).hasSize(HALF_FRAMES);
    assertThat(handler.ends).hasValue(0);
    assertThat(time.waiting()).isZero();
    call.cancel();
    time.run();
    assertThat(handler.failures).singleElement().isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"firstTokenMs\":200"})
  void stallsAWholeAnswerWithoutAHead(String pace) {
    Cancellable call = transport.send(Requests.chat("Hi", ",\"fail\":\"stall\"" + pace), handler);

    time.advance(Duration.ofDays(2));
    assertThat(handler.status).isZero();
    assertThat(time.waiting()).isZero();
    call.cancel();
    time.run();
    assertThat(handler.failures).singleElement().isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingAStallThatIsYetToComeReleasesItsTimer() {
    Cancellable call =
        transport.send(
            Requests.chat("Hi", STREAM + ",\"fail\":\"stall\",\"tokensPerSecond\":0.001"), handler);
    time.run();
    assertThat(time.waiting()).isPositive();

    call.cancel();
    time.run();

    assertThat(time.waiting()).isZero();
  }

  @Test
  void truncatesAStreamInOrder() {
    RecordingHandler truncated = send(STREAM + ",\"fail\":\"truncate\"");

    assertThat(truncated.completed).isTrue();
    assertThat(truncated.body())
        .contains(HALF)
        .doesNotContain("[DONE]", "\"finish_reason\":\"stop\"");
  }

  @Test
  void truncatesTheJsonOfAWholeAnswer() {
    String answer = send("").body();
    RecordingHandler truncated = send(",\"fail\":\"truncate\"");

    assertThat(truncated.completed).isTrue();
    assertThat(truncated.status).isEqualTo(200);
    assertThat(truncated.body()).hasSizeLessThan(answer.length()).startsWith("{\"id\":");
  }

  @Test
  void sendsSomeTextOfEveryChoiceHoweverShort() {
    RecordingHandler reset =
        send(STREAM + ",\"fail\":\"reset\",\"n\":2,\"max_completion_tokens\":1");

    assertThat(reset.buffers).filteredOn(frame -> frame.contains("\"content\":\"[\"")).hasSize(2);
    assertThat(reset.body()).doesNotContain("length");
  }

  @Test
  void everySoManiethCallFails() {
    assertThat(statuses(6, ",\"fail\":429,\"failEvery\":3"))
        .containsExactly(200, 200, 429, 200, 200, 429);
  }

  @Test
  void withoutAKindTheFailureIsAServerError() {
    assertThat(statuses(2, ",\"failEvery\":1")).containsExactly(500, 500);
  }

  @Test
  void onlyCallsThatWantItAreCounted() {
    assertThat(statuses(1, ",\"failEvery\":2")).containsExactly(200);
    assertThat(statuses(1, "")).containsExactly(200);
    assertThat(statuses(1, ",\"fail\":429")).containsExactly(429);
    assertThat(statuses(1, ",\"failEvery\":2,\"n\":0")).containsExactly(400);
    assertThat(statuses(1, ",\"failEvery\":2")).containsExactly(500);
  }

  private List<Integer> statuses(int calls, String members) {
    List<Integer> statuses = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      statuses.add(send(members).status);
    }
    return statuses;
  }

  private RecordingHandler send(String members) {
    RecordingHandler answered = RecordingHandler.greedy();
    transport.send(Requests.chat("Hi", members), answered);
    time.run();
    return answered;
  }
}
