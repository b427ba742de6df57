/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.codec.Replies.head;
import static io.github.llmcamel.codec.Replies.read;
import static io.github.llmcamel.codec.Replies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource({
    "retry-after,7,PT7S",
    "retry-after,0.4,PT0.4S",
    "retry-after-ms,1500.5,PT1.5005S",
    "x-ratelimit-reset-tokens,6m0.25s,PT6M0.25S",
    "x-ratelimit-reset-requests,20ms,PT0.02S",
    "x-ratelimit-reset-requests,1h2m3.5s,PT1H2M3.5S",
    "x-ratelimit-reset-requests,12,PT12S",
  })
  void readsHeaders(String header, String value, Duration expected) {
    assertThat(ErrorReader.ofStatus(head(429, header, value), utf8("boom")).getRetryAfter())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-3", "0", "soon", "", "1e9", "99999999999", "Wed, 21 Oct 2099 07:28:00 GMT", "∞"})
  void knowsNoWaitWhereItCannotBeUnderstood(String value) {
    LlmException failure = ErrorReader.ofStatus(head(429, "retry-after", value), utf8("boom"));

    assertThat(failure.getRetryAfter()).isNull();
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void countsFromTheRepliesOwnDate() {
    ReplyHead later =
        head(
            503,
            "retry-after",
            "Wed, 21 Oct 2099 07:28:00 GMT",
            "date",
            "Wed, 21 Oct 2099 07:27:30 GMT");
    ReplyHead earlier =
        head(
            503,
            "retry-after",
            "Wed, 21 Oct 2099 07:28:00 GMT",
            "date",
            "Wed, 21 Oct 2099 07:28:01 GMT");

    assertThat(ErrorReader.ofStatus(later, utf8("boom")))
        .hasMessage("acme answered 503: boom. Try again in 30 s.")
        .returns(Duration.ofSeconds(30), LlmException::getRetryAfter);
    assertThat(ErrorReader.ofStatus(earlier, utf8("boom")).getRetryAfter()).isNull();
  }

  @Test
  void prefersMilliseconds() {
    assertThat(
            ErrorReader.ofStatus(
                head(429, "retry-after", "86400", "retry-after-ms", "1500"), utf8("boom")))
        .hasMessage("acme answered 429: boom. Try again in 1500 ms.")
        .returns(Duration.ofMillis(1_500), LlmException::getRetryAfter);
  }

  @Test
  void readsTheBody() {
    String body = "{'error':{'message':'m','details':[{'a':1},{'retryDelay':'34.5s'}]}}";

    assertThat(read(429, body).getRetryAfter()).isEqualTo(Duration.ofMillis(34_500));
    assertThat(ErrorReader.ofStatus(head(429, "retry-after", "1"), utf8(body)).getRetryAfter())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void takesTheResetOfTheLimitThatIsUsedUp() {
    ReplyHead head =
        head(
            429,
            "x-ratelimit-remaining-requests",
            "14370",
            "x-ratelimit-reset-requests",
            "23h",
            "x-ratelimit-remaining-tokens",
            "0",
            "x-ratelimit-reset-tokens",
            "7.66s");

    assertThat(ErrorReader.ofStatus(head, utf8("boom")).getRetryAfter())
        .isEqualTo(Duration.ofMillis(7_660));
  }

  @Test
  void ignoresLimitsThatWereNotHit() {
    assertThat(
            ErrorReader.ofStatus(head(500, "x-ratelimit-reset-tokens", "7s"), utf8("boom"))
                .getRetryAfter())
        .isNull();
  }
}
