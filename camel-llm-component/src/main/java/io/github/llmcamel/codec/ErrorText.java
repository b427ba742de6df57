/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.ErrorKind;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages for an operator: who answered what, in the provider's own words, and the cure. */
final class ErrorText {

  /** Leaves room for the cure in what an exception keeps of its message. */
  private static final int LONGEST_QUOTE = 3_500;

  /** The call's own key is masked before; some gateways quote the key of the server behind them. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)\\b(sk|gsk|xai|hf|nvapi|fw|csk|pplx|tgp)[-_][\\w-]{6,}|\\bAIza[\\w-]{8,}");

  /**
   * What some servers quote and nobody could recognise: Ollama and llama.cpp the answer that they
   * cannot read, Pydantic the beginning and the end of the input that it refuses.
   */
  private static final Pattern QUOTE =
      Pattern.compile(
          "(?<=error parsing tool call: raw=)(?:.*(?=, err=)|.*)"
              + "|(?<=Failed to parse input at pos \\d{1,9}: ).*"
              + "|(?<=input_value=)(?:.*?(?=, input_type=)|.*)");

  private ErrorText() {}

  static String ofStatus(
      ReplyHead head, ErrorBody error, ErrorKind kind, @Nullable Duration retryAfter) {
    if (head.status() / 100 == 3) {
      return redirect(head);
    }
    return "%s answered %d%s%s"
        .formatted(head.provider(), head.status(), quote(error), cure(kind, retryAfter));
  }

  static String ofAnswer(ReplyHead head, ErrorBody error, ErrorKind kind) {
    return "%s answered %d, but with an error%s%s"
        .formatted(head.provider(), head.status(), quote(error), cure(kind, null));
  }

  static String ofEvent(ReplyHead head, ErrorBody error) {
    return "%s answered %d, but reported an error in the stream%s"
        .formatted(head.provider(), head.status(), quote(error));
  }

  private static String redirect(ReplyHead head) {
    String location = head.header("location");
    return "%s answered %d%s. Redirects are not followed; correct baseUrl."
        .formatted(head.provider(), head.status(), location == null ? "" : withoutQuery(location));
  }

  private static String withoutQuery(String location) {
    try {
      URI uri = URI.create(location);
      return uri.getHost() == null
          ? ""
          : ", the way to %s://%s%s".formatted(uri.getScheme(), uri.getHost(), uri.getRawPath());
    } catch (IllegalArgumentException notAnAddress) {
      return "";
    }
  }

  /** The provider's message on one line, else its code. */
  private static String quote(ErrorBody error) {
    if (error.message() == null) {
      return error.code() == null ? " without a message." : " (" + error.code() + ").";
    }
    String line = error.message().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String masked = QUOTE.matcher(KEY.matcher(line).replaceAll("***")).replaceAll("***");
    if (masked.length() > LONGEST_QUOTE) {
      return ": " + masked.substring(0, LONGEST_QUOTE) + "…";
    }
    return ": " + masked + (masked.matches(".*[.!?]") ? "" : ".");
  }

  private static String cure(ErrorKind kind, @Nullable Duration retryAfter) {
    return switch (kind) {
      case AUTHENTICATION -> " Check apiKey.";
      case CONTENT_FILTER -> " Change the prompt.";
      case QUOTA -> " Check the plan and the billing of the account.";
      case CONTEXT_LENGTH -> " Shorten the prompt or choose a model with a larger context.";
      case NOT_FOUND -> " Check model and baseUrl.";
      case CONFIGURATION -> " Check baseUrl.";
      case TOO_LARGE -> " Shorten the prompt.";
      case RATE_LIMIT, OVERLOADED, UPSTREAM, SERVER, CONFLICT, TIMEOUT ->
          retryAfter == null ? "" : " Try again in " + in(retryAfter) + ".";
      case INVALID, CANCELLED -> "";
    };
  }

  private static String in(Duration wait) {
    return wait.toMillis() % 1_000 == 0 ? wait.toSeconds() + " s" : wait.toMillis() + " ms";
  }
}
