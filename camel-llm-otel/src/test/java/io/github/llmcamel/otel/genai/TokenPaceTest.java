/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.otel.testkit.Calls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenPaceTest {

  private static final ServerTiming SILENT = ServerTiming.UNKNOWN;

  private final AnswerProgress progress = new AnswerProgress(0);

  @Test
  void isTimedFromTheFirstReasoningToTheLastText() {
    content(new ChatEvent.ReasoningDelta(0, "r"), 400);
    content(new ChatEvent.TextDelta(0, "a"), 900);
    content(new ChatEvent.TextDelta(0, "b"), 1_000);

    TokenPace pace = pace(answer(13L, null, SILENT, 1), 1.02);

    assertThat(pace.toFirstToken()).isEqualTo(new TokenPace.Time(0.4, TokenPace.Source.CLIENT));
    assertThat(pace.perOutputToken())
        .isEqualTo(new TokenPace.Time(0.6 / 12, TokenPace.Source.CLIENT));
    assertThat(pace.tokensPerSecond()).isEqualTo(12 / 0.6);
  }

  @Test
  void hasNoTimeBetweenTokensThatCameInOnePiece() {
    content(new ChatEvent.TextDelta(0, "all of it"), 500);

    TokenPace pace = pace(answer(80L, null, SILENT, 1), 2);

    assertThat(pace.toFirstToken()).isNotNull();
    assertThat(pace.perOutputToken()).isNull();
    assertThat(pace.tokensPerSecond()).isEqualTo(40);
  }

  @Test
  void leavesOutReasoningThatWasCountedButNotSent() {
    content(new ChatEvent.TextDelta(0, "a"), 3_000);
    content(new ChatEvent.TextDelta(0, "b"), 3_090);

    assertThat(pace(answer(110L, 100L, SILENT, 1), 3.1).perOutputToken())
        .isEqualTo(new TokenPace.Time(0.09 / 9, TokenPace.Source.CLIENT));
  }

  @Test
  void hasNoTimeBetweenTokensOfChoicesThatCameSideBySide() {
    content(new ChatEvent.TextDelta(0, "a"), 100);
    content(new ChatEvent.TextDelta(1, "b"), 200);

    assertThat(pace(answer(20L, null, SILENT, 2), 1).perOutputToken()).isNull();
  }

  @Test
  void knowsNothingOfAWholeAnswerButItsThroughput() {
    TokenPace pace = pace(answer(30L, null, SILENT, 1), 1.5);

    assertThat(pace).isEqualTo(new TokenPace(null, null, 20.0));
  }

  @Test
  void hasNoThroughputOfNoTokens() {
    assertThat(pace(answer(0L, null, SILENT, 1), 1).tokensPerSecond()).isNull();
    assertThat(pace(answer(null, null, SILENT, 1), 1).tokensPerSecond()).isNull();
    assertThat(pace(answer(5L, null, SILENT, 1), 0).tokensPerSecond()).isNull();
  }

  @Test
  void doesNotBelieveAServerThatClaimsMoreTimeThanTheCallTook() {
    content(new ChatEvent.TextDelta(0, "a"), 700);
    ServerTiming timing = new ServerTiming(Duration.ofSeconds(99), Duration.ofMillis(10));

    TokenPace pace = pace(answer(5L, null, timing, 1), 2);

    assertThat(pace.toFirstToken()).isEqualTo(new TokenPace.Time(0.7, TokenPace.Source.CLIENT));
    assertThat(pace.perOutputToken()).isEqualTo(new TokenPace.Time(0.01, TokenPace.Source.SERVER));
    assertThat(pace.tokensPerSecond()).isEqualTo(100);
  }

  private void content(ChatEvent event, long millis) {
    double unused = progress.content(event, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private TokenPace pace(ChatResponse response, double callSeconds) {
    return TokenPace.of(response, progress, callSeconds);
  }

  private static ChatResponse answer(
      @Nullable Long output, @Nullable Long reasoning, ServerTiming timing, int choices) {
    List<ChatResponse.Choice> all =
        IntStream.range(0, choices).mapToObj(i -> Calls.choice(i, FinishReason.STOP)).toList();
    return new ChatResponse(
        null, null, all, new Usage(null, output, null, null, reasoning, null), timing);
  }
}
