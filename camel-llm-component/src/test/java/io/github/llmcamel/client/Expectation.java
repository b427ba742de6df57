/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.codec.ToolArguments;
import io.github.llmcamel.error.LlmConnectionException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmProtocolException;
import io.github.llmcamel.error.LlmStreamInterruptedException;
import io.github.llmcamel.error.LlmTimeoutException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ChatResponse.Choice;
import io.github.llmcamel.model.Citation;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.RateLimits;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the outcome of a vector with what {@code vectors.txt} expects of it. */
final class Expectation {

  /** A word, perhaps the number of a choice, and a value. */
  private static final Pattern ITEM =
      Pattern.compile("([A-Za-z-]+)(?:\\[(\\d+)])?(?:\\((\\w+)\\))?(?: (.*))?");

  private static final Pattern CHARACTER = Pattern.compile("\\\\u(\\p{XDigit}{4})");

  private final VectorPlay.Outcome outcome;
  private final @Nullable LlmException failure;
  private final ChatResponse response;

  Expectation(VectorPlay.Outcome outcome) {
    this.outcome = outcome;
    this.failure = outcome.ending() instanceof Ending.Failed failed ? failed.failure() : null;
    this.response = response(outcome.ending());
  }

  /** Checks all items of a row. */
  void check(List<String> items) {
    List<String> calls = new ArrayList<>();
    for (String text : items) {
      Matcher item = ITEM.matcher(text);
      if (!item.matches()) {
        throw new IllegalArgumentException("Not an expectation: " + text);
      }
      int choice = Integer.parseInt(Objects.requireNonNullElse(item.group(2), "0"));
      String value = Objects.requireNonNullElse(item.group(4), "");
      if (item.group(1).endsWith("call")) {
        calls.add(choice + " " + item.group(1) + " " + value);
      } else {
        assertThat(actual(item.group(1), choice, value)).as(text).isEqualTo(expected(item, value));
      }
    }
    if (!calls.isEmpty()) {
      assertThat(calls()).containsExactlyElementsOf(calls);
    }
  }

  private static String expected(Matcher item, String value) {
    if (item.group(1).equals("ERROR")) {
      return "ERROR(" + item.group(3) + ")";
    }
    if (item.group(1).equals("finish") && item.group(3) == null) {
      return value;
    }
    if (item.group(4) == null) {
      return item.group(1);
    }
    return value.startsWith("\"") ? unquoted(value) : value;
  }

  private static String unquoted(String value) {
    return CHARACTER
        .matcher(value.substring(1, value.length() - 1))
        .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
  }

  /** The JSON of the parts that have no form of their own. */
  private static String kept(List<Part> parts) {
    return parts.stream()
        .filter(Part.Opaque.class::isInstance)
        .map(part -> ((Part.Opaque) part).json())
        .toList()
        .toString();
  }

  /** Place, URL, title and quote of each citation. */
  private static String cites(List<Citation> citations) {
    return citations.stream()
        .map(
            each ->
                Stream.of(each.start(), each.end(), each.url(), each.title(), each.quote())
                    .map(Expectation::text)
                    .toList())
        .toList()
        .toString();
  }

  /** Each token with its log probability, and the same of its alternatives. */
  private static String rated(List<TokenProbability> tokens) {
    return tokens.stream()
        .map(
            each ->
                each.token()
                    + "="
                    + each.logProbability()
                    + (each.alternatives().isEmpty() ? "" : rated(each.alternatives())))
        .toList()
        .toString();
  }

  private @Nullable String actual(String word, int choice, String value) {
    return switch (word) {
      case "text" -> choice(choice).text();
      case "reason" -> text(choice(choice).reasoning());
      case "refusal" -> text(choice(choice).refusal());
      case "finish" -> finish(choice(choice).finishReason(), value.contains("/"));
      case "kept" -> kept(choice(choice).parts());
      case "vector" -> vector(choice);
      case "cites" -> cites(choice(choice).citations());
      case "rated" -> rated(choice(choice).logProbabilities());
      case "id" -> text(response.id());
      case "model" -> text(answer().model());
      case "created" -> text(response.created());
      case "in" -> text(answer().usage().inputTokens());
      case "out" -> text(response.usage().outputTokens());
      case "cached" -> text(response.usage().cachedInputTokens());
      case "write" -> text(response.usage().cacheWriteInputTokens());
      case "rsn" -> text(response.usage().reasoningTokens());
      case "server-ttft" -> text(response.serverTiming().promptEvaluation());
      case "server-tpot" -> text(response.serverTiming().perOutputToken());
      case "ttft" -> text(outcome.ending().timing().timeToFirstToken());
      case "requests" -> text(limits().requests());
      case "tokens" -> text(limits().tokens());
      case "request-id" -> text(failure == null ? response.requestId() : failure.getRequestId());
      case "closed" -> outcome.closed() ? "closed" : "open";
      case "COMPLETE", "CANCELLED", "TRUNCATED", "ERROR" -> end();
      default -> ofFailure(word, value, Objects.requireNonNull(failure, "no failure"));
    };
  }

  private ModelResponse answer() {
    return outcome.ending() instanceof Ending.Completed completed ? completed.response() : response;
  }

  private String vector(int place) {
    List<String> numbers = new ArrayList<>();
    for (float number : ((EmbeddingsResponse) answer()).vectors().get(place)) {
      numbers.add(Float.toString(number));
    }
    return String.join(" ", numbers);
  }

  private static @Nullable String ofFailure(String word, String value, LlmException failure) {
    return switch (word) {
      case "says" -> contains(failure.getMessage(), value);
      case "detail" -> contains(text(failure.getResponseBody()), value);
      case "code" -> text(failure.getCode());
      case "wait" -> text(failure.getRetryAfter());
      case "retry" -> failure.isRetryable() ? "yes" : "no";
      default -> throw new IllegalArgumentException("Not an expectation: " + word);
    };
  }

  private String end() {
    if (outcome.ending() instanceof Ending.Completed) {
      return "COMPLETE";
    }
    if (failure == null) {
      return "CANCELLED";
    }
    if (failure.getKind() != null) {
      return "ERROR(" + failure.getKind().name().toLowerCase(Locale.ROOT) + ")";
    }
    if (failure instanceof LlmStreamInterruptedException) {
      return failure.getResponseBody() == null ? "TRUNCATED" : "ERROR(unknown)";
    }
    return failure instanceof LlmTimeoutException
        ? "ERROR(timeout)"
        : failure instanceof LlmConnectionException
            ? "ERROR(io)"
            : failure instanceof LlmProtocolException ? "ERROR(protocol)" : failure.toString();
  }

  /** Each call as the file writes it; an id of our own making is a star. */
  private List<String> calls() {
    return response.choices().stream()
        .flatMap(choice -> choice.toolCalls().stream().map(call -> call(choice.index(), call)))
        .toList();
  }

  private static String call(int choice, ToolCall call) {
    return "%d %s %s %s %s"
        .formatted(
            choice,
            ToolArguments.areValid(call) ? "call" : "badcall",
            call.isIdGenerated() ? "*" : call.id(),
            call.name(),
            call.arguments());
  }

  private Choice choice(int index) {
    return response.choices().stream()
        .filter(choice -> choice.index() == index)
        .findFirst()
        .orElse(new Choice(index, "", null, null, List.of(), null));
  }

  private RateLimits limits() {
    return failure == null ? response.rateLimits() : failure.getRateLimits();
  }

  private static String finish(@Nullable FinishReason reason, boolean withRaw) {
    return reason == null ? "-" : reason.word() + (withRaw ? "/" + reason.raw() : "");
  }

  /** The quoted value if the text contains it, else the text. */
  private static String contains(@Nullable String text, String quoted) {
    String value = unquoted(quoted);
    return text != null && text.contains(value) ? value : String.valueOf(text);
  }

  private static String text(RateLimits.Limit limit) {
    return Stream.of(text(limit.limit()), text(limit.remaining()), text(limit.reset()))
        .reduce((one, other) -> one + "/" + other)
        .orElseThrow();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Duration duration) {
      return duration.toNanosPart() % 1_000_000 == 0
          ? duration.toMillis() + "ms"
          : duration.toNanos() + "ns";
    }
    return value == null ? "-" : value.toString();
  }

  private static ChatResponse response(Ending ending) {
    if (ending instanceof Ending.Completed completed
        && completed.response() instanceof ChatResponse chat) {
      return chat;
    }
    ChatResponse partial =
        ending instanceof Ending.Cancelled cancelled
            ? cancelled.partial()
            : ending instanceof Ending.Failed failed ? failed.failure().getPartialResponse() : null;
    return partial == null ? ChatResponse.builder().build() : partial;
  }
}
