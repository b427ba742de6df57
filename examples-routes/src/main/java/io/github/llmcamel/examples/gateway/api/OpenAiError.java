/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error as OpenAI's clients read it.
 *
 * @param status the HTTP status, 400 to 599
 * @param type the kind of error, in OpenAI's words
 * @param code what programs tell errors apart by; null if the type says it all
 * @param message for people: what is wrong and what to do, without addresses and secrets
 * @param param the member of the request that is wrong; null if it is none, or not known which
 * @param retryAfter how long to wait before the next try; null if unknown
 */
public record OpenAiError(
    int status,
    String type,
    @Nullable String code,
    String message,
    @Nullable String param,
    @Nullable Duration retryAfter) {

  /** The code of a caller that nobody knows. */
  public static final String INVALID_KEY = "invalid_api_key";

  /** The code of too many requests in a time. */
  public static final String RATE_LIMIT = "rate_limit_exceeded";

  /** The code of a body that is too long. */
  public static final String TOO_LARGE = "request_too_large";

  /** The code of a model that there is none of. */
  static final String NO_MODEL = "model_not_found";

  private static final String INVALID = "invalid_request_error";
  private static final String SERVER = "server_error";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Something is wrong with the request. */
  public static OpenAiError invalid(int status, @Nullable String code, String message) {
    return new OpenAiError(status, INVALID, code, message, null, null);
  }

  /** Something is wrong with a member of the request. */
  public static OpenAiError invalidMember(String param, String message) {
    return new OpenAiError(400, INVALID, null, message, param, null);
  }

  /** There is no such model, or not for this caller: which of the two is not told. */
  public static OpenAiError unknownModel() {
    return new OpenAiError(
        404,
        INVALID,
        NO_MODEL,
        "There is no such model here, or your key may not use it. GET /v1/models lists those you"
            + " may use.",
        "model",
        null);
  }

  /** The gateway, or what stands behind it, failed. */
  public static OpenAiError server(int status, String code, String message) {
    return new OpenAiError(status, SERVER, code, message, null, null);
  }

  /** The caller is nobody the gateway knows. */
  public static OpenAiError unauthenticated(String message) {
    return new OpenAiError(401, INVALID, INVALID_KEY, message, null, null);
  }

  /** There are too many requests for now. */
  public static OpenAiError rateLimit(String code, String message, @Nullable Duration retryAfter) {
    return new OpenAiError(429, "rate_limit_error", code, message, null, retryAfter);
  }

  /** The same error of a member of the request; null if it is not known of which. */
  public OpenAiError about(@Nullable String member) {
    return new OpenAiError(status, type, code, message, member, retryAfter);
  }

  /** The same error with a time to wait; null if it is unknown. */
  public OpenAiError retryAfter(@Nullable Duration wait) {
    return new OpenAiError(status, type, code, message, param, wait);
  }

  /** The seconds of the header {@code Retry-After}, rounded up; null if there is nothing to say. */
  public @Nullable String retryAfterSeconds() {
    return retryAfter == null
        ? null
        : Long.toString(retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
  }

  /** The body of an answer, or the data of an event. */
  public String json() {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", param)
        .put("code", code);
    return body.toString();
  }

  /** {@link #json()} as bytes. */
  public byte[] bytes() {
    return json().getBytes(StandardCharsets.UTF_8);
  }
}
