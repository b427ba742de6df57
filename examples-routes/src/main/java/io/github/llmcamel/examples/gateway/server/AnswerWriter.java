/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmStream;
import io.github.llmcamel.examples.gateway.api.OpenAiError;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;

/**
 * Writes the answer of an exchange that came over HTTP, without a thread that waits. The exchange
 * goes on when the answer is over, with nothing left to write. Thread-safe.
 */
public final class AnswerWriter {

  private final ScheduledExecutorService timer;
  private final Duration keepAlive;

  /**
   * @param timer is told nothing that blocks; stays the caller's to stop
   * @param keepAlive how long a stream may be silent before a comment is sent, above zero
   */
  public AnswerWriter(ScheduledExecutorService timer, Duration keepAlive) {
    this.timer = timer;
    this.keepAlive = keepAlive;
  }

  /**
   * Sends the elements of the stream as server-sent events, as they arrive.
   *
   * @param withUsage whether the client has asked for token counts
   * @param tries how many model servers were asked
   */
  public void stream(
      Exchange exchange,
      LlmStream<String> stream,
      boolean withUsage,
      int tries,
      AsyncCallback callback) {
    Map<String, String> headers = headers(exchange, "text/event-stream;charset=utf-8", tries);
    headers.put("Cache-Control", "no-cache");
    headers.put("X-Accel-Buffering", "no");
    outcome(exchange).streaming();
    stream
        .elements()
        .subscribe(
            new EventStream(
                response(exchange),
                outcome(exchange),
                headers,
                withUsage,
                timer,
                keepAlive,
                () -> goOn(exchange, callback)));
  }

  /** Sends a whole answer of a model. */
  public void whole(Exchange exchange, byte[] json, int tries, AsyncCallback callback) {
    write(exchange, 200, headers(exchange, "application/json", tries), json, callback);
  }

  /** Sends an error. */
  public void error(Exchange exchange, OpenAiError error, int tries, AsyncCallback callback) {
    Map<String, String> headers = headers(exchange, "application/json", tries);
    if (error.retryAfterSeconds() != null) {
      headers.put("Retry-After", error.retryAfterSeconds());
    }
    if (tries == 0) {
      outcome(exchange).rejected(error);
    }
    write(exchange, error.status(), headers, error.bytes(), callback);
  }

  private static void write(
      Exchange exchange,
      int status,
      Map<String, String> headers,
      byte[] body,
      AsyncCallback callback) {
    WholeAnswer.write(
        response(exchange),
        outcome(exchange),
        status,
        headers,
        body,
        () -> goOn(exchange, callback));
  }

  /** Who answered is told in headers, since the format has no place for it. */
  private static Map<String, String> headers(Exchange exchange, String contentType, int tries) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    Message message = exchange.getMessage();
    String provider = message.getHeader(LlmConstants.PROVIDER, String.class);
    if (provider != null) {
      String model = model(message);
      GatewayRequest.of(exchange).answeredBy(provider, model);
      headers.put("x-llm-provider", provider);
      headers.put("x-llm-model", HeaderText.of(model));
    }
    if (tries > 0) {
      headers.put("x-llm-attempts", Integer.toString(tries));
    }
    return headers;
  }

  private static String model(Message message) {
    String answered = message.getHeader(LlmConstants.RESPONSE_MODEL, String.class);
    return answered != null
        ? answered
        : message.getHeader(LlmConstants.REQUEST_MODEL, "", String.class);
  }

  private static Outcome outcome(Exchange exchange) {
    return GatewayRequest.of(exchange).outcome();
  }

  private static HttpServletResponse response(Exchange exchange) {
    return exchange.getIn(HttpMessage.class).getResponse();
  }

  /** Camel would write what is left in the message. */
  private static void goOn(Exchange exchange, AsyncCallback callback) {
    exchange.getMessage().setBody(null);
    exchange.getMessage().removeHeaders("*");
    callback.done(false);
  }
}
