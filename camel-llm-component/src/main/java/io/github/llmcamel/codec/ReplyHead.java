/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.model.RateLimits;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a reply before its body.
 *
 * @param provider who was asked, for messages
 * @param uri where the call went, for messages
 * @param headers by lower-case name, secrets masked
 * @param secrets what its body may quote and an exception must not
 * @param texts what its body may quote and the message of an exception must not
 * @param reasoning how the text of its answer is to be read
 * @param answer tells its answer from every other one, for ids that the provider leaves out
 */
public record ReplyHead(
    String provider,
    URI uri,
    int status,
    Map<String, List<String>> headers,
    Secrets secrets,
    CallTexts texts,
    ReasoningTags reasoning,
    String answer) {

  private static final List<String> REQUEST_ID_HEADERS =
      List.of(
          "x-request-id", "request-id", "apim-request-id", "x-litellm-call-id", "x-generation-id");

  /** LiteLLM passes the headers of the server behind it on under names of its own. */
  private static final String PASSED_ON = "llm_provider-";

  public ReplyHead {
    Map<String, List<String>> masked = new HashMap<>();
    headers.forEach(
        (name, values) -> masked.put(name, values.stream().map(secrets::mask).toList()));
    headers = Collections.unmodifiableMap(masked);
  }

  /**
   * The head of a reply to a request without texts, whose text is left as it is, and that nothing
   * tells from others.
   */
  public ReplyHead(
      String provider, URI uri, int status, Map<String, List<String>> headers, Secrets secrets) {
    this(provider, uri, status, headers, secrets, CallTexts.NONE, ReasoningTags.KEPT, "");
  }

  /** Whether the status says that all went well, so that the body is an answer. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The first value of a header, also of one that a gateway passes on; null if it is absent. */
  public @Nullable String header(String lowerCaseName) {
    List<String> values = headers.get(lowerCaseName);
    if (values == null) {
      values = headers.get(PASSED_ON + lowerCaseName);
    }
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The provider's id of the request; null if no header names it. */
  public @Nullable String requestId() {
    for (String name : REQUEST_ID_HEADERS) {
      if (header(name) != null) {
        return header(name);
      }
    }
    return null;
  }

  /** What the headers say about limits; {@link RateLimits#UNKNOWN} if nothing. */
  public RateLimits rateLimits() {
    return RateLimitReader.read(this);
  }

  /**
   * A failure of the call that is no error of the provider's.
   *
   * @param text what was received, secrets masked; null to keep none
   */
  public Failure failure(@Nullable String text, boolean retryable) {
    return new Failure(
        provider,
        uri,
        status,
        null,
        firstHeaders(),
        text,
        null,
        requestId(),
        null,
        retryable,
        null,
        rateLimits());
  }

  /** When the reply was sent, by the clock of its sender; null if it does not say. */
  @Nullable Instant date() {
    return WaitTime.httpDate(header("date"));
  }

  /** The first value of each header. */
  Map<String, String> firstHeaders() {
    Map<String, String> first = new HashMap<>();
    headers.forEach((name, values) -> first.put(name, values.isEmpty() ? "" : values.get(0)));
    return first;
  }
}
