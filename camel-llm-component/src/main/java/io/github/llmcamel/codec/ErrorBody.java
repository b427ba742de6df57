/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What an error body says, whichever of the many shapes it has.
 *
 * @param message null if there is none
 * @param code the most specific word or number; null if there is none
 * @param words everything that may tell the kind, the most specific first
 * @param status the HTTP status that the body names; 0 if it names none
 * @param requestId null if the body has none
 * @param retryDelay such as {@code 34.5s}; null if the body has none
 */
record ErrorBody(
    @Nullable String message,
    @Nullable String code,
    List<String> words,
    int status,
    @Nullable String requestId,
    @Nullable String retryDelay) {

  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]*)", Pattern.CASE_INSENSITIVE);

  /** What Ollama says of an option of the wrong type, and llama.cpp of a member that is missing. */
  private static final Pattern WRONG_REQUEST =
      Pattern.compile("option \".{1,100}\" must be of type .*|'[\\w.]{1,100}' is required");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  ErrorBody {
    words = List.copyOf(words);
  }

  /** Reads a body that may be JSON, a web page, other text or nothing. */
  static ErrorBody of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonNode json = Json.tryRead(bytes, bytes.length);
    return json != null && (json.isContainerNode() || json.isTextual())
        ? of(json)
        : of(JsonNodeFactory.instance.textNode(text));
  }

  private static ErrorBody of(JsonNode json) {
    JsonNode body = json.isArray() ? json.path(0) : json;
    if (body.isTextual()) {
      return new ErrorBody(plain(body.textValue()), null, List.of(), 0, null, null);
    }
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    List<String> words = words(body, error);
    return new ErrorBody(
        message(body),
        words.isEmpty() ? number(body, error) : words.get(0),
        words,
        status(body, error),
        Json.nonEmptyText(body.path("request_id")),
        retryDelay(body, error));
  }

  /** The same with what is shown to people and telemetry masked; {@code words} are not. */
  ErrorBody masked(UnaryOperator<String> mask) {
    return new ErrorBody(
        message == null ? null : mask.apply(message),
        code == null ? null : mask.apply(code),
        words,
        status,
        requestId == null ? null : mask.apply(requestId),
        retryDelay);
  }

  /** Some servers answer 500 to a wrong request; only the text tells that from a crash. */
  boolean blamesTheRequest() {
    return message != null && WRONG_REQUEST.matcher(message).matches();
  }

  private static @Nullable String message(JsonNode body) {
    JsonNode error = body.path("error");
    return Stream.of(
            text(error.path("message")),
            error.isObject() ? null : text(error),
            text(body.path("message")),
            text(error.path("detail")),
            text(body.path("detail")),
            text(body.path("errors").path(0).path("message")),
            text(body.path("errors").path(0)),
            text(body.path("title")),
            text(error.path("reason")),
            text(body.path("msg")),
            text(body.path("Message")))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The text of a message: a string, an object around one, or a list of validation errors. */
  private static @Nullable String text(JsonNode node) {
    if (node.isArray()) {
      List<String> problems = new ArrayList<>();
      node.forEach(problem -> problems.add(validation(problem)));
      return problems.isEmpty() ? null : String.join("; ", problems);
    }
    if (!node.isObject()) {
      return Json.nonEmptyText(node);
    }
    String inner = text(node.path("detail"));
    return inner != null ? inner : Json.nonEmptyText(node.path("message"));
  }

  /** Place and problem only: frameworks put the refused input, so the prompt, beside them. */
  private static String validation(JsonNode problem) {
    List<String> place = new ArrayList<>();
    problem.path("loc").forEach(step -> place.add(step.asText()));
    String said = problem.path("msg").asText(problem.asText());
    return place.isEmpty() ? said : String.join(".", place) + ": " + said;
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
  }

  private static List<String> words(JsonNode body, JsonNode error) {
    return Stream.of(
            Stream.of(error.path("code"), error.path("details").path("error_code")),
            elements(error.path("details")).map(detail -> detail.path("reason")),
            Stream.of(
                error.path("innererror").path("code"),
                error.path("type"),
                error.path("status"),
                body.path("error_type"),
                body.path("code"),
                body.path("type"),
                body.path("detail").path(0).path("type")),
            elements(error.path("details"))
                .flatMap(detail -> elements(detail.path("violations")))
                .map(violation -> violation.path("quotaId")))
        .flatMap(Function.identity())
        .map(Json::nonEmptyText)
        .filter(word -> word != null && !NUMBER.matcher(word).matches() && !word.equals("error"))
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private static @Nullable String number(JsonNode body, JsonNode error) {
    return Stream.of(
            error.path("code"), body.path("code"), body.path("errors").path(0).path("code"))
        .map(Json::wholeNumber)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .findFirst()
        .orElse(null);
  }

  private static int status(JsonNode body, JsonNode error) {
    return Stream.of(
            error.path("code"),
            error.path("http_status_code"),
            error.path("status"),
            error.path("status_code"),
            body.path("code"),
            body.path("status"),
            body.path("statusCode"))
        .map(Json::wholeNumber)
        .filter(number -> number != null && number >= 400 && number < 600)
        .map(number -> Objects.requireNonNull(number).intValue())
        .findFirst()
        .orElse(0);
  }

  private static @Nullable String retryDelay(JsonNode body, JsonNode error) {
    return Stream.concat(
            elements(error.path("details")).map(detail -> detail.path("retryDelay")),
            // How many seconds Hugging Face needs to load the model.
            Stream.of(body.path("estimated_time")))
        .map(delay -> delay.isNumber() ? delay.asText() : Json.nonEmptyText(delay))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String plain(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("<")) {
      Matcher title = TITLE.matcher(stripped);
      return title.find() && !title.group(1).isBlank() ? title.group(1).strip() : "a web page";
    }
    return stripped.isEmpty() ? null : stripped;
  }
}
