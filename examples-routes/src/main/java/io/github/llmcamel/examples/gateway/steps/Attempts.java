/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.steps;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.component.LlmProperties;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.examples.gateway.api.Failures;
import io.github.llmcamel.examples.gateway.server.GatewayRequest;
import io.github.llmcamel.examples.gateway.settings.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model server after the other, until one has begun to answer. Keeps its place in the exchange;
 * thread-safe.
 */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private static final String WAITING = "GatewayTargets";
  private static final String TRIED = "GatewayTries";
  private static final String URI = "target";

  /**
   * Lets the exchange's first attempt come.
   *
   * @param chain who may answer, best first; not empty
   * @param uri what to ask them for
   */
  static void begin(Exchange exchange, List<Target> chain, Function<Target, String> uri) {
    GatewayRequest request = GatewayRequest.of(exchange);
    Deque<Attempt> attempts = new ArrayDeque<>();
    chain.forEach(target -> attempts.add(new Attempt(target, uri.apply(target))));
    exchange.setProperty(WAITING, attempts);
    exchange.setProperty(TRIED, 0);
    exchange.setProperty(LlmProperties.CANCEL_WHEN, request.cancelled());
  }

  /** Puts the endpoint of the next attempt into the variable {@code target}. */
  public void next(Exchange exchange) {
    Attempt attempt = waiting(exchange).remove();
    Message message = exchange.getMessage();
    if (attempt.target().model() == null) {
      message.removeHeader(LlmConstants.MODEL);
    } else {
      message.setHeader(LlmConstants.MODEL, attempt.target().model());
    }
    exchange.setVariable(URI, attempt.uri());
    exchange.setProperty(TRIED, tries(exchange) + 1);
  }

  /** Throws the failure of the last attempt again, unless another may come. */
  public void failed(Exchange exchange) throws Exception {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    GatewayRequest request = GatewayRequest.of(exchange);
    String provider = failure instanceof LlmException ofModel ? ofModel.getProvider() : "-";
    LOG.warn("{}: {} failed. {}", request.id(), provider, onOneLine(failure.getMessage()));
    if (waiting(exchange).isEmpty() || !Failures.mayMoveOn(failure)) {
      throw failure;
    }
  }

  /** Providers say what they want. */
  private static String onOneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
  }

  /** How many servers have been asked. */
  static int tries(Exchange exchange) {
    return exchange.getProperty(TRIED, 0, Integer.class);
  }

  @SuppressWarnings("unchecked") // begin() is the only one who sets it
  private static Deque<Attempt> waiting(Exchange exchange) {
    return (Deque<Attempt>) exchange.getProperty(WAITING, Deque.class);
  }

  private record Attempt(Target target, String uri) {}
}
