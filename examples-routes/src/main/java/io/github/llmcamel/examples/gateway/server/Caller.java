/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.server;

import io.github.llmcamel.examples.gateway.access.ApiKey;
import io.github.llmcamel.examples.gateway.access.ApiKeys;
import io.github.llmcamel.examples.gateway.access.Authentication;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param key null without one, or without a good one
 * @param refused why there is no key where one is needed; null where all is well
 * @param isLocal whether it comes from this machine itself
 */
record Caller(@Nullable ApiKey key, Authentication.@Nullable Reason refused, boolean isLocal) {

  static Caller of(Request request, ApiKeys keys) {
    boolean isLocal = Loopback.isTrusted(request);
    if (keys.isEmpty()) {
      return new Caller(null, null, isLocal);
    }
    List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (given.size() > 1) {
      return new Caller(null, Authentication.Reason.MALFORMED, isLocal);
    }
    Authentication found = keys.authenticate(given.isEmpty() ? null : given.get(0));
    return found instanceof Authentication.Accepted accepted
        ? new Caller(accepted.key(), null, isLocal)
        : new Caller(null, ((Authentication.Refused) found).reason(), isLocal);
  }

  /** Whether it is somebody who belongs here. */
  boolean isKnown() {
    return key != null || isLocal;
  }
}
