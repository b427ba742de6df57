/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.api.OpenAiError;
import io.github.llmcamel.examples.gateway.telemetry.AccessLog;
import io.github.llmcamel.examples.gateway.telemetry.Ended;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, such as headers that cannot be read, in OpenAI's shape too. */
public final class JsonErrorHandler extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Edge.identify(request, response);
    if (GatewayRequest.of(request) == null) {
      response
          .getHeaders()
          .put(HttpHeader.CONNECTION, "close"); // Jetty tells clients of 1.1 alone.
      log(request, response);
    }
    Refusal.write(request, response, callback, error(response.getStatus()));
    return true;
  }

  /** What never got as far as the edge has its line too. */
  private static void log(Request request, Response response) {
    AccessLog.write(
        new AccessLog.Entry(
            String.valueOf(request.getMethod()),
            String.valueOf(request.getHttpURI().getPath()),
            response.getStatus(),
            Duration.ZERO,
            null,
            0,
            Ended.REJECTED,
            null,
            null,
            null,
            null,
            String.valueOf(response.getHeaders().get(Edge.REQUEST_ID)),
            null));
  }

  private static OpenAiError error(int status) {
    if (status == HttpStatus.REQUEST_TIMEOUT_408) {
      return TimeLimit.passed();
    }
    String reason = HttpStatus.getMessage(status);
    if (status >= 500 && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505) {
      return OpenAiError.server(
          status, "server_error", "The gateway failed: %s.".formatted(reason));
    }
    return OpenAiError.invalid(
        status, "invalid_request", "The request cannot be read: %s.".formatted(reason));
  }
}
