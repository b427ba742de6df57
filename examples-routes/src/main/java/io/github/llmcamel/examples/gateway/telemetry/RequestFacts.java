/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when its headers are in. Texts are what the client sent, as long as
 * the server lets headers be.
 *
 * @param method as it was sent
 * @param route the template of the path, such as {@code /v1/models/{id}}; null for a path that
 *     nobody serves
 * @param path without the query, which may hold secrets
 * @param scheme {@code http} or {@code https}
 * @param host the name the client knows the gateway by; null if it does not say
 * @param port the port that belongs to {@code host}; 0 if unknown
 * @param clientAddress the client's IP address; null if unknown
 * @param userAgent null if it does not say
 * @param protocolVersion of HTTP, such as {@code 1.1}; null if unknown
 * @param caller the trace the request comes from
 */
public record RequestFacts(
    String method,
    @Nullable String route,
    String path,
    String scheme,
    @Nullable String host,
    int port,
    @Nullable String clientAddress,
    @Nullable String userAgent,
    @Nullable String protocolVersion,
    CallerTrace caller) {

  public RequestFacts {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(caller, "caller");
  }
}
