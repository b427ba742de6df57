/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.telemetry.Ended;
import java.util.Objects;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Ends what is done for a request as soon as its client goes away. */
final class WatchedHandler extends Handler.Wrapper {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    GatewayRequest observed = Objects.requireNonNull(GatewayRequest.of(request));
    Outcome outcome = observed.outcome();
    outcome.admitted();
    ClientWatch.start(request, () -> outcome.cancel(Ended.CLIENT_GONE));
    return super.handle(new RouteRequest(request, observed.traced()), response, callback);
  }
}
