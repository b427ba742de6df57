/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of HTTP servers as OpenTelemetry's stable conventions have them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP spans</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">HTTP metrics</a>
 */
final class HttpAttributes {

  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> METHOD_ORIGINAL =
      AttributeKey.stringKey("http.request.method_original");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> SERVER_ADDRESS =
      AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> CLIENT_ADDRESS =
      AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> USER_AGENT =
      AttributeKey.stringKey("user_agent.original");
  private static final AttributeKey<String> PROTOCOL_VERSION =
      AttributeKey.stringKey("network.protocol.version");

  private static final Set<String> METHODS =
      Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");
  private static final String OTHER = "_OTHER";

  private HttpAttributes() {}

  /** Of few values, since clients choose the method and the path. */
  static String spanName(RequestFacts facts) {
    String method = isKnown(facts.method()) ? facts.method() : "HTTP";
    return facts.route() == null ? method : method + " " + facts.route();
  }

  static Attributes ofSpan(RequestFacts facts) {
    AttributesBuilder attributes = method(facts).put(PATH, facts.path());
    put(attributes, ROUTE, facts.route());
    put(attributes, SERVER_ADDRESS, facts.host());
    put(attributes, CLIENT_ADDRESS, facts.clientAddress());
    put(attributes, USER_AGENT, facts.userAgent());
    put(attributes, PROTOCOL_VERSION, facts.protocolVersion());
    if (facts.host() != null && facts.port() > 0) {
      attributes.put(SERVER_PORT, facts.port());
    }
    if (!isKnown(facts.method())) {
      attributes.put(METHOD_ORIGINAL, facts.method());
    }
    return attributes.build();
  }

  /** Without the server's address, which clients choose too. */
  static Attributes ofActiveRequests(RequestFacts facts) {
    return method(facts).build();
  }

  /**
   * @param status 0 if no answer was begun
   */
  static Attributes ofDuration(RequestFacts facts, int status, @Nullable String errorType) {
    AttributesBuilder attributes = method(facts);
    put(attributes, ROUTE, facts.route());
    put(attributes, PROTOCOL_VERSION, facts.protocolVersion());
    put(attributes, ERROR_TYPE, errorType);
    if (status > 0) {
      attributes.put(STATUS, status);
    }
    return attributes.build();
  }

  private static AttributesBuilder method(RequestFacts facts) {
    return Attributes.builder()
        .put(METHOD, isKnown(facts.method()) ? facts.method() : OTHER)
        .put(SCHEME, facts.scheme());
  }

  private static boolean isKnown(String method) {
    return METHODS.contains(method);
  }

  private static void put(
      AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
  }
}
