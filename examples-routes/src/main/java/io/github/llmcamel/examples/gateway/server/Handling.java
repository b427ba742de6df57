/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes requests on so that each is answered. */
final class Handling {

  private Handling() {}

  /**
   * Lets {@code handler} answer, and answers with an error if it throws or leaves the request. The
   * server would do so as well, but tell nothing of it to {@code callback}.
   */
  static void passOn(
      Request.Handler handler, Request request, Response response, Callback callback) {
    try {
      if (!handler.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception failure) {
      Response.writeError(request, response, callback, failure);
    }
  }
}
