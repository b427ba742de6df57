/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is served beside the API, to whoever looks after the gateway. */
public final class Pages extends Handler.Wrapper {

  private final OpenRequests open;

  public Pages(OpenRequests open) {
    this.open = open;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    GatewayRequest observed = Objects.requireNonNull(GatewayRequest.of(request));
    switch (observed.path().template()) {
      case "/health" -> write(response, callback, 200, "{\"status\":\"UP\"}");
      case "/ready" ->
          write(
              response,
              callback,
              open.isDraining() ? 503 : 200,
              "{\"ready\":%b}".formatted(!open.isDraining()));
      default -> {
        return super.handle(request, response, callback);
      }
    }
    return true;
  }

  private static void write(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
  }
}
