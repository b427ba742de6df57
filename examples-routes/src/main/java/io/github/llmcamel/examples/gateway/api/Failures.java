/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.error.ErrorKind;
import io.github.llmcamel.error.LlmAuthenticationException;
import io.github.llmcamel.error.LlmBudgetExceededException;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmContentFilterException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.error.LlmTimeoutException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a failure: what the provider said of the request, in the provider's
 * words; of the gateway's own affairs, such as keys and addresses, only that they failed.
 */
public final class Failures {

  private static final Set<Integer> SERVER_STATUSES = Set.of(500, 502, 503, 504);

  private static final String BAD_ANSWER = "bad_provider_answer";
  private static final int LONGEST_PARAM = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Failures() {}

  /** Whether another model server may answer what this failure did not. */
  public static boolean mayMoveOn(@Nullable Throwable failure) {
    return failure instanceof LlmRateLimitException
        || failure instanceof LlmServerException
        || failure instanceof LlmConnectionException
        || failure instanceof LlmTimeoutException
        || (failure instanceof LlmStreamInterruptedException cut && refusal(cut) == null);
  }

  /** The error for the client. */
  public static OpenAiError toClient(@Nullable Throwable failure) {
    if (failure instanceof RequestRefusedException refused) {
      return refused.error();
    }
    if (failure instanceof LlmException ofModel) {
      return ofModel(ofModel);
    }
    if (failure instanceof CancellationException) {
      return OpenAiError.server(503, "cancelled", "The answer was ended before it was complete.");
    }
    return OpenAiError.server(
        500, "internal_error", "The gateway failed. Its log says why, by the x-request-id.");
  }

  private static OpenAiError ofModel(LlmException failure) {
    ErrorKind refusal = refusal(failure);
    if (failure instanceof LlmAuthenticationException || refusal == ErrorKind.AUTHENTICATION) {
      return OpenAiError.server(
          502,
          "provider_refused_gateway",
          "The provider refused the gateway's own credentials. Tell whoever runs the gateway.");
    }
    if (failure instanceof LlmRateLimitException) {
      boolean isQuota = failure.getKind() == ErrorKind.QUOTA;
      return OpenAiError.rateLimit(
          isQuota ? "insufficient_quota" : OpenAiError.RATE_LIMIT,
          said(failure, "The provider takes no more requests for now."),
          failure.getRetryAfter());
    }
    if (failure instanceof LlmBudgetExceededException) {
      // Not 429, which clients repeat: the same request would need as much again.
      return OpenAiError.invalid(
          400, "budget_exceeded", "The request needs more of the models than it may.");
    }
    if (failure instanceof LlmContentFilterException || refusal == ErrorKind.CONTENT_FILTER) {
      return OpenAiError.invalid(
          status(failure, 400),
          "content_filter",
          said(failure, "The provider refused the request because of its content."));
    }
    if (failure instanceof LlmRequestException && isRedirect(failure)) {
      return OpenAiError.server(
          502, BAD_ANSWER, "The provider is somewhere else. Tell whoever runs the gateway.");
    }
    if (failure instanceof LlmRequestException || refusal != null) {
      return OpenAiError.invalid(status(failure, 400), code(failure), text(failure))
          .about(param(failure))
          .retryAfter(failure.getRetryAfter());
    }
    return ofServer(failure);
  }

  private static OpenAiError ofServer(LlmException failure) {
    if (failure instanceof LlmTimeoutException) {
      return OpenAiError.server(504, "timeout", "The provider took too long to answer.");
    }
    if (failure instanceof LlmConnectionException) {
      return OpenAiError.server(502, "unreachable", "The provider cannot be reached.");
    }
    if (failure instanceof LlmServerException) {
      int status =
          SERVER_STATUSES.contains(failure.getStatusCode()) ? failure.getStatusCode() : 502;
      return OpenAiError.server(
              status, "provider_failed", said(failure, "The provider failed to answer."))
          .retryAfter(failure.getRetryAfter());
    }
    String message =
        failure instanceof LlmStreamInterruptedException
            ? "The provider broke off its answer."
            : "The provider sent an answer that cannot be read.";
    return OpenAiError.server(502, BAD_ANSWER, message);
  }

  /**
   * What is wrong with a request whose stream began and said so, as a status would have: a server
   * that is at its limit, or fails, does not refuse. Null if nothing is.
   */
  private static @Nullable ErrorKind refusal(LlmException failure) {
    ErrorKind kind = failure.getKind();
    return failure instanceof LlmStreamInterruptedException
            && kind != ErrorKind.RATE_LIMIT
            && kind != ErrorKind.QUOTA
        ? kind
        : null;
  }

  private static boolean isRedirect(LlmException failure) {
    return failure.getStatusCode() >= 300 && failure.getStatusCode() < 400;
  }

  private static int status(LlmException failure, int otherwise) {
    int status = failure.getStatusCode();
    return status >= 400 && status < 500 ? status : otherwise;
  }

  private static @Nullable String code(LlmException failure) {
    if (failure.getKind() == ErrorKind.CONTEXT_LENGTH) {
      return "context_length_exceeded";
    }
    return failure.getCode() == null && failure.getKind() == ErrorKind.NOT_FOUND
        ? OpenAiError.NO_MODEL
        : failure.getCode();
  }

  /** The member that is wrong, as the provider names it where it speaks as OpenAI does. */
  private static @Nullable String param(LlmException failure) {
    if (failure instanceof LlmRequestException ofRequest && ofRequest.getParam() != null) {
      return ofRequest.getParam();
    }
    try {
      String param =
          JSON.readTree(String.valueOf(failure.getResponseBody()))
              .path("error")
              .path("param")
              .textValue();
      return param == null || param.length() > LONGEST_PARAM ? null : param;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The provider's own words, if it has said anything. */
  private static String said(LlmException failure, String otherwise) {
    return failure.getKind() == null ? otherwise : text(failure);
  }

  /** The message without the address of the server, which is nobody's business. */
  private static String text(LlmException failure) {
    String message = String.valueOf(failure.getMessage());
    URI uri = URI.create(failure.getUri());
    String host = uri.getHost();
    // The simulator is no server, and its host nothing but its name.
    if (host == null || host.equals(failure.getProvider())) {
      return message;
    }
    return message
        .replace(" at " + uri.getRawAuthority(), "")
        .replaceAll(address(host), "(server)");
  }

  /** A URL or an address; the host alone only if it cannot be a word, as "ollama" can. */
  private static String address(String host) {
    String quoted = "(?<![\\w.-])" + Pattern.quote(host);
    String place = "(?:/[\\w./%~-]*\\w)?";
    String address = "\\w+://%1$s(?::\\d+)?%2$s|%1$s:\\d+%2$s".formatted(quoted, place);
    boolean isWord = host.chars().allMatch(Character::isLetter);
    return isWord ? address : address + "|" + quoted + "(?![\\w-])";
  }
}
