/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.error;

import io.github.llmcamel.model.RateLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a failed call, as far as they are known.
 *
 * @param provider the provider's name, such as {@code groq}
 * @param uri where the call went; its query is never kept, it may hold a key
 * @param statusCode the HTTP status; 0 if there was no answer
 * @param statusText the reason phrase; null if there was none
 * @param headers the answer's headers, names in any case; empty if there was no answer
 * @param body the error body as text, which is cut at 65,536 characters; null if there was none
 * @param code the provider's own code or type, such as {@code model_not_found}; null if it sent
 *     none
 * @param requestId the provider's id of the request; null if it sent none
 * @param retryAfter how long the provider asks to wait; null if it does not say
 * @param retryable whether the same call may work later
 * @param kind what the provider's error means; null if it is not the provider that reports one
 * @param rateLimits what the answer says about limits; {@link RateLimits#UNKNOWN} if nothing
 */
public record Failure(
    String provider,
    URI uri,
    int statusCode,
    @Nullable String statusText,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable String code,
    @Nullable String requestId,
    @Nullable Duration retryAfter,
    boolean retryable,
    @Nullable ErrorKind kind,
    RateLimits rateLimits) {

  private static final int LONGEST_BODY = 64 * 1024;

  public Failure {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(rateLimits, "rateLimits");
    uri = withoutQuery(uri);
    body = body == null || body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY);
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** A failure that is no error of the provider's, under an answer that says nothing of limits. */
  public Failure(
      String provider,
      URI uri,
      int statusCode,
      @Nullable String statusText,
      Map<String, String> headers,
      @Nullable String body,
      @Nullable String code,
      @Nullable String requestId,
      @Nullable Duration retryAfter,
      boolean retryable) {
    this(
        provider,
        uri,
        statusCode,
        statusText,
        headers,
        body,
        code,
        requestId,
        retryAfter,
        retryable,
        null,
        RateLimits.UNKNOWN);
  }

  /** A failure without an answer from the provider. */
  public static Failure withoutReply(String provider, URI uri, boolean retryable) {
    return new Failure(provider, uri, 0, null, Map.of(), null, null, null, null, retryable);
  }

  private static URI withoutQuery(URI uri) {
    String text = uri.toString();
    int end = text.length();
    int query = text.indexOf('?');
    int fragment = text.indexOf('#');
    end = query >= 0 ? Math.min(end, query) : end;
    end = fragment >= 0 ? Math.min(end, fragment) : end;
    String bare = text.substring(0, end);
    String userInfo = uri.getRawUserInfo();
    return URI.create(userInfo == null ? bare : bare.replace(userInfo + "@", ""));
  }
}
