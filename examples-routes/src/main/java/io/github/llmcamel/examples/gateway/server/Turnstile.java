/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.settings.Limits;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/** Lets in as many requests at once as may run; some more wait for a while, without a thread. */
final class Turnstile extends QoSHandler {

  private static final Duration LATER = Duration.ofSeconds(1);

  private final Limits limits;

  Turnstile(Limits limits) {
    this.limits = limits;
    setMaxRequestCount(limits.maxConcurrentRequests());
    setMaxSuspendedRequestCount(limits.maxQueuedRequests());
    setMaxSuspend(limits.queueTimeout());
  }

  @Override
  public boolean onConditionsMet(Request request, Response response, Callback callback)
      throws Exception {
    Objects.requireNonNull(GatewayRequest.of(request)).outcome().queued();
    return super.onConditionsMet(request, response, callback);
  }

  /** The queue is full. */
  @Override
  protected void reject(Request request, Response response, Callback callback, int status) {
    refuse(
        request,
        response,
        callback,
        Rejections.QUEUE_FULL,
        "As many requests run (%d) and wait (%d) as may. Try again in a moment."
            .formatted(limits.maxConcurrentRequests(), limits.maxQueuedRequests()));
  }

  /** It has waited too long. */
  @Override
  protected void expireSuspended(Request request, Response response, Callback callback) {
    refuse(
        request,
        response,
        callback,
        Rejections.QUEUE_TIMEOUT,
        "The request has waited %d ms for its turn. Try again in a moment."
            .formatted(limits.queueTimeout().toMillis()));
  }

  private static void refuse(
      Request request, Response response, Callback callback, String code, String message) {
    Refusal.write(
        request, response, callback, OpenAiError.server(503, code, message).retryAfter(LATER));
  }
}
