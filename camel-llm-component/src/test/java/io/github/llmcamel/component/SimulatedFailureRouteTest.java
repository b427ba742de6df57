/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatResponse;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route sees of each failure that the simulator can play. */
class SimulatedFailureRouteTest extends CamelTestSupport {

  private static final String WHOLE = "llm:simulator?model=demo";
  private static final String STREAMED = WHOLE + "&streamMode=aggregate";

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:redelivered")
            .onException(LlmServerException.class)
            .onWhen(simple("${exception.retryable}"))
            .maximumRedeliveries(1)
            .redeliveryDelay(0)
            .asyncDelayedRedelivery()
            .end()
            .to(WHOLE + "&extra.failEvery=2");
        from("direct:another")
            .errorHandler(noErrorHandler())
            .doTry()
            .to(WHOLE + "&extra.fail=429")
            .doCatch(LlmRateLimitException.class)
            .to("mock:told")
            .to(WHOLE)
            .end();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE, STREAMED})
  void a429SaysHowLongToWait(String llm) {
    Exchange exchange = send(llm + "&extra.fail=429");

    LlmRateLimitException failure = failure(exchange, LlmRateLimitException.class);
    assertThat(failure.getStatusCode()).isEqualTo(429);
    assertThat(failure.getCode()).isEqualTo("rate_limit_exceeded");
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(failure.getRequestId()).startsWith("req_");
    assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(1000L);
  }

  @Test
  void theWaitOfOneCallDoesNotRuleTheNext() {
    Exchange exchange = template.request("direct:another", e -> e.getMessage().setBody("Hi."));

    Exchange told = getMockEndpoint("mock:told").getExchanges().get(0);
    assertThat(told.getMessage().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(1000L);
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE, STREAMED})
  void a500MayBeTriedAgain(String llm) {
    Exchange exchange = send(llm + "&extra.fail=500");

    LlmServerException failure = failure(exchange, LlmServerException.class);
    assertThat(failure.getStatusCode()).isEqualTo(500);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure.getResponseBody()).contains("server_error");
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
  }

  @Test
  void aResetBeforeTheAnswerIsAConnectionFailure() {
    LlmConnectionException failure =
        failure(send(WHOLE + "&extra.fail=reset"), LlmConnectionException.class);

    assertThat(failure).hasCauseInstanceOf(SocketException.class);
    assertThat(failure.getErrorType()).isEqualTo("java.net.SocketException");
    assertThat(failure.getStatusCode()).isZero();
    assertThat(failure.getPartialResponse()).isNull();
  }

  @Test
  void aResetInAStreamLeavesWhatHadArrived() {
    LlmStreamInterruptedException failure =
        failure(send(STREAMED + "&extra.fail=reset"), LlmStreamInterruptedException.class);

    assertThat(partial(failure).text()).isEqualTo("[simulated");
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void aStallBeforeTheAnswerEndsAtTheFirstByteTimeout() {
    LlmTimeoutException failure =
        failure(send(WHOLE + "&extra.fail=stall&firstByteTimeout=50ms"), LlmTimeoutException.class);

    assertThat(failure).hasMessageContaining("firstByteTimeout");
    assertThat(failure.getPartialResponse()).isNull();
  }

  @Test
  void aStallInAStreamEndsAtTheIdleTimeout() {
    LlmTimeoutException failure =
        failure(send(STREAMED + "&extra.fail=stall&idleTimeout=50ms"), LlmTimeoutException.class);

    assertThat(failure).hasMessageContaining("idleTimeout");
    assertThat(partial(failure).text()).isEqualTo("[simulated");
  }

  @Test
  void aTruncatedAnswerCannotBeRead() {
    LlmProtocolException failure =
        failure(send(WHOLE + "&extra.fail=truncate"), LlmProtocolException.class);

    assertThat(failure).hasMessageContaining("cut off");
    assertThat(failure.getStatusCode()).isEqualTo(200);
  }

  @Test
  void aTruncatedStreamLeavesWhatHadArrived() {
    LlmStreamInterruptedException failure =
        failure(send(STREAMED + "&extra.fail=truncate"), LlmStreamInterruptedException.class);

    assertThat(partial(failure).text()).isEqualTo("[simulated");
  }

  @Test
  void aWordThatNamesNoFailureIsRefusedWithThoseThatDo() {
    assertThat(failure(send(WHOLE + "&extra.fail=boom"), LlmRequestException.class))
        .hasMessageContaining("fail must be 429, 500, reset, stall or truncate");
  }

  @Test
  void aRouteThatRedeliversSurvivesEveryOtherCallFailing() {
    for (int call = 0; call < 3; call++) {
      assertThat(template.requestBody("direct:redelivered", "Hi")).isEqualTo("[simulated] Hi");
    }
  }

  private Exchange send(String llm) {
    return template.request(llm, exchange -> exchange.getMessage().setBody("Hi"));
  }

  private static <T extends LlmException> T failure(Exchange exchange, Class<T> type) {
    assertThat(exchange.getException()).isInstanceOf(type);
    return exchange.getException(type);
  }

  private static ChatResponse partial(LlmException failure) {
    return Objects.requireNonNull(failure.getPartialResponse());
  }
}
