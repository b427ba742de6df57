/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static io.github.llmcamel.error.ErrorKind.AUTHENTICATION;
import static io.github.llmcamel.error.ErrorKind.CANCELLED;
import static io.github.llmcamel.error.ErrorKind.CONFIGURATION;
import static io.github.llmcamel.error.ErrorKind.CONFLICT;
import static io.github.llmcamel.error.ErrorKind.CONTENT_FILTER;
import static io.github.llmcamel.error.ErrorKind.CONTEXT_LENGTH;
import static io.github.llmcamel.error.ErrorKind.INVALID;
import static io.github.llmcamel.error.ErrorKind.NOT_FOUND;
import static io.github.llmcamel.error.ErrorKind.OVERLOADED;
import static io.github.llmcamel.error.ErrorKind.QUOTA;
import static io.github.llmcamel.error.ErrorKind.RATE_LIMIT;
import static io.github.llmcamel.error.ErrorKind.SERVER;
import static io.github.llmcamel.error.ErrorKind.TIMEOUT;
import static io.github.llmcamel.error.ErrorKind.TOO_LARGE;
import static io.github.llmcamel.error.ErrorKind.UPSTREAM;

import io.github.llmcamel.error.ErrorKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What status, words and text of a provider's error mean. */
final class ErrorKinds {

  /** What is wrong with a request: more than the status 400 or 422 tells. */
  private static final Set<ErrorKind> OF_A_REQUEST =
      Set.of(AUTHENTICATION, QUOTA, CONTENT_FILTER, CONTEXT_LENGTH, NOT_FOUND, TOO_LARGE);

  private static final List<String> TOO_LONG =
      List.of(
          "maximum context length",
          "prompt is too long",
          "input token count",
          "exceeds the available context size");

  private static final Map<String, ErrorKind> WORDS = words();

  private ErrorKinds() {}

  /** The kind of an answer with an error status. */
  static ErrorKind ofStatus(int status, ErrorBody body) {
    ErrorKind said = said(body);
    return switch (status) {
      case 400, 422 -> said != null && OF_A_REQUEST.contains(said) ? said : INVALID;
      case 401, 403 -> said == QUOTA || said == CONTENT_FILTER ? said : AUTHENTICATION;
      case 402 -> QUOTA;
      case 404 -> NOT_FOUND;
      case 405, 415 -> CONFIGURATION;
      case 408 -> TIMEOUT;
      case 409 -> CONFLICT;
      case 413 -> TOO_LARGE;
      case 424 -> UPSTREAM;
      case 429 -> said == QUOTA ? QUOTA : RATE_LIMIT;
      case 498, 503, 529 -> OVERLOADED;
      case 499 -> CANCELLED;
      case 500 -> ofServerFailure(said, body);
      case 501 -> INVALID;
      case 502, 504, 520, 521, 522, 523, 524, 525, 526, 527 -> UPSTREAM;
      default -> status >= 500 ? SERVER : status >= 400 ? INVALID : CONFIGURATION;
    };
  }

  /** The kind of an error under a status that says success; null if its words are unknown. */
  static @Nullable ErrorKind ofBody(ErrorBody body) {
    return body.status() > 0 ? ofStatus(body.status(), body) : said(body);
  }

  /** Some servers answer 500 to a request that will never work. */
  private static ErrorKind ofServerFailure(@Nullable ErrorKind said, ErrorBody body) {
    if (said == INVALID || body.blamesTheRequest()) {
      return INVALID;
    }
    return said == OVERLOADED || said == CONTEXT_LENGTH ? said : SERVER;
  }

  private static @Nullable ErrorKind said(ErrorBody body) {
    if (body.words().stream().anyMatch(word -> key(word).contains("perday"))) {
      return QUOTA; // Google counts some limits by the minute and some by the day
    }
    ErrorKind kind =
        body.words().stream()
            .map(word -> WORDS.get(key(word)))
            .filter(known -> known != null)
            .findFirst()
            .orElse(null);
    boolean vague = kind == null || kind == INVALID;
    return vague && isTooLong(body.message()) ? CONTEXT_LENGTH : kind;
  }

  private static boolean isTooLong(@Nullable String message) {
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    return TOO_LONG.stream().anyMatch(text::contains);
  }

  /** One spelling for {@code server_error}, {@code ServerError} and {@code SERVER_ERROR}. */
  private static String key(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static Map<String, ErrorKind> words() {
    Map<String, ErrorKind> words = new HashMap<>();
    put(words, AUTHENTICATION, "authentication_error", "invalid_api_key", "unauthenticated");
    put(words, AUTHENTICATION, "permission_error", "permission_denied", "api_key_invalid");
    put(words, CONTENT_FILTER, "content_filter", "ResponsibleAIPolicyViolation");
    put(words, CONTENT_FILTER, "content_policy_violation");
    put(words, QUOTA, "insufficient_quota", "billing_hard_limit_reached", "billing_not_active");
    put(words, QUOTA, "enforced_spend_limit_reached", "exceeded_current_quota_error");
    put(words, QUOTA, "insufficient_balance", "quota_exceeded", "billing_error");
    put(words, RATE_LIMIT, "rate_limit_error", "rate_limit_exceeded", "resource_exhausted");
    put(words, RATE_LIMIT, "too_many_requests", "too_many_requests_error");
    put(words, CONTEXT_LENGTH, "context_length_exceeded", "exceed_context_size_error");
    put(words, NOT_FOUND, "not_found_error", "not_found", "model_not_found");
    put(words, NOT_FOUND, "DeploymentNotFound");
    put(words, TOO_LARGE, "request_too_large");
    put(words, CONFLICT, "conflict_error");
    put(words, INVALID, "invalid_request_error", "bad_request_error", "invalid_argument");
    put(words, INVALID, "failed_precondition", "not_supported_error", "unsupported_value");
    put(words, INVALID, "unsupported_parameter", "unprocessable_entity_error");
    put(words, INVALID, "validation");
    put(words, UPSTREAM, "generation", "incomplete_generation");
    put(words, CANCELLED, "cancelled");
    put(words, OVERLOADED, "overloaded_error", "overloaded", "engine_overloaded");
    put(words, OVERLOADED, "engine_overloaded_error", "unavailable", "unavailable_error");
    put(words, OVERLOADED, "service_unavailable", "service_unavailable_error");
    put(words, UPSTREAM, "timeout_error", "deadline_exceeded", "bad_gateway", "upstream_error");
    put(words, SERVER, "server_error", "internal_server_error", "internal_error", "internal");
    put(words, SERVER, "api_error");
    return Map.copyOf(words);
  }

  private static void put(Map<String, ErrorKind> words, ErrorKind kind, String... spellings) {
    for (String spelling : spellings) {
      words.put(key(spelling), kind);
    }
  }
}
