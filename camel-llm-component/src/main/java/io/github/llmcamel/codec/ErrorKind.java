/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a caller can do about an error that a provider reports. */
enum ErrorKind {
  AUTHENTICATION,
  CONTENT_FILTER,
  QUOTA,
  RATE_LIMIT,
  REQUEST,
  SERVER;

  private static final Map<String, ErrorKind> WORDS = words();

  /** The kind of an answer with an error status. */
  static ErrorKind ofStatus(int status, List<String> words) {
    ErrorKind said = ofWords(words);
    if (status >= 500) {
      return SERVER;
    }
    if (said == CONTENT_FILTER) {
      return CONTENT_FILTER;
    }
    return switch (status) {
      case 401, 403 -> AUTHENTICATION;
      case 429 -> said == QUOTA || words.stream().anyMatch(ErrorKind::isDaily) ? QUOTA : RATE_LIMIT;
      // Google's way of refusing a key.
      case 400 -> words.contains("API_KEY_INVALID") ? AUTHENTICATION : REQUEST;
      default -> REQUEST;
    };
  }

  /** Whether the word is Google's name of a limit that opens again tomorrow. */
  static boolean isDaily(String word) {
    return word.contains("PerDay");
  }

  /** The kind of an error under a status that says success; null if the words are unknown. */
  static @Nullable ErrorKind ofBody(ErrorBody body) {
    return body.status() > 0 ? ofStatus(body.status(), body.words()) : ofWords(body.words());
  }

  private static @Nullable ErrorKind ofWords(List<String> words) {
    return words.stream()
        .map(word -> WORDS.get(key(word)))
        .filter(kind -> kind != null)
        .findFirst()
        .orElse(null);
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
    put(words, QUOTA, "insufficient_balance", "quota_exceeded");
    put(words, RATE_LIMIT, "rate_limit_error", "rate_limit_exceeded", "resource_exhausted");
    put(words, RATE_LIMIT, "too_many_requests", "too_many_requests_error");
    put(words, REQUEST, "invalid_request_error", "bad_request_error", "not_found_error");
    put(words, REQUEST, "invalid_argument", "failed_precondition", "not_found", "billing_error");
    put(words, REQUEST, "model_not_found", "context_length_exceeded", "request_too_large");
    put(words, REQUEST, "exceed_context_size_error", "not_supported_error", "unsupported_value");
    put(words, REQUEST, "unsupported_parameter", "unprocessable_entity_error");
    put(words, SERVER, "server_error", "internal_server_error", "internal_error", "internal");
    put(words, SERVER, "api_error", "overloaded_error", "overloaded", "engine_overloaded");
    put(words, SERVER, "engine_overloaded_error", "timeout_error", "deadline_exceeded");
    put(words, SERVER, "unavailable", "unavailable_error", "service_unavailable");
    put(words, SERVER, "service_unavailable_error", "bad_gateway", "upstream_error");
    return Map.copyOf(words);
  }

  private static void put(Map<String, ErrorKind> words, ErrorKind kind, String... spellings) {
    for (String spelling : spellings) {
      words.put(key(spelling), kind);
    }
  }
}
