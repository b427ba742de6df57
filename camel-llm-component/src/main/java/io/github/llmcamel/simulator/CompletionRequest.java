/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.simulator.answer.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator reads of a chat completion request.
 *
 * @param responseFormat null if the request has none
 * @param tool null if the model is free to answer
 * @param maxTokens the most tokens of one choice, at least 1
 * @param choices how many answers are wanted, at least 1
 * @param stops texts before which an answer ends, none of them empty
 * @param fault null if nothing is to go wrong
 */
record CompletionRequest(
    String model,
    List<Turn> turns,
    @Nullable JsonNode responseFormat,
    @Nullable WantedTool tool,
    Form form,
    int maxTokens,
    int choices,
    List<String> stops,
    Pace pace,
    @Nullable Fault fault) {

  /** In which form the answer is wanted. */
  enum Form {
    WHOLE,
    STREAM,
    STREAM_WITH_USAGE
  }

  private static final int MOST_CHOICES = 128;

  CompletionRequest {
    turns = List.copyOf(turns);
    stops = List.copyOf(stops);
  }

  static CompletionRequest read(byte[] body) throws InvalidRequestException {
    Members members = new Members(WireFormat.read(body));
    List<Turn> turns = turns(members);
    return new CompletionRequest(
        members.text("model", WireFormat.DEFAULT_MODEL),
        turns,
        members.object("response_format"),
        WantedTool.read(members, turns),
        form(members),
        Math.min(
            members.integer("max_tokens", Integer.MAX_VALUE, Integer.MAX_VALUE),
            members.integer("max_completion_tokens", Integer.MAX_VALUE, Integer.MAX_VALUE)),
        members.integer("n", 1, MOST_CHOICES),
        members.texts("stop"),
        pace(members),
        Fault.read(members));
  }

  @Override
  public String toString() {
    return "CompletionRequest[%s, %d messages]".formatted(form, turns.size());
  }

  private static Form form(Members members) throws InvalidRequestException {
    if (!members.flag("stream")) {
      return Form.WHOLE;
    }
    JsonNode options = members.object("stream_options");
    return options != null && new Members(options).flag("include_usage")
        ? Form.STREAM_WITH_USAGE
        : Form.STREAM;
  }

  private static Pace pace(Members members) throws InvalidRequestException {
    double firstTokenMs = members.number("firstTokenMs", 0);
    if (firstTokenMs < 0) {
      throw new InvalidRequestException(
          "firstTokenMs",
          "firstTokenMs must be a number of milliseconds, 0 or more, such as"
              + " extra.firstTokenMs=200.");
    }
    double tokensPerSecond = members.number("tokensPerSecond", Double.POSITIVE_INFINITY);
    if (tokensPerSecond <= 0) {
      throw new InvalidRequestException(
          "tokensPerSecond",
          "tokensPerSecond must be a number above 0, such as extra.tokensPerSecond=20; leave it"
              + " out for as fast as possible.");
    }
    return Pace.of(firstTokenMs, tokensPerSecond);
  }

  private static List<Turn> turns(Members members) throws InvalidRequestException {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode message : members.list("messages")) {
      if (!message.path("role").isTextual()) {
        throw new InvalidRequestException(
            "messages", "Each of messages must be an object with a role.");
      }
      turns.add(new Turn(message.path("role").asText(), content(message.path("content"))));
    }
    return turns;
  }

  private static String content(JsonNode content) throws InvalidRequestException {
    if (content.isTextual()) {
      return content.asText();
    }
    if (content.isArray()) {
      List<String> texts = new ArrayList<>();
      List<String> media = new ArrayList<>();
      for (JsonNode part : content) {
        switch (part.path("type").asText()) {
          case "text" -> texts.add(part.path("text").asText());
          case "image_url" -> media.add("An image.");
          case "input_audio" -> media.add("A recording.");
          case "file" -> media.add(file(part.path("file").path("filename").asText()));
          default -> {}
        }
      }
      // Below the words about them, as a document is below its instruction.
      return String.join("\n\n", paragraphs(String.join("\n", texts), String.join(" ", media)));
    }
    if (content.isNull() || content.isMissingNode()) {
      return "";
    }
    throw new InvalidRequestException(
        "messages", "In messages, content must be a string or an array of parts.");
  }

  private static List<String> paragraphs(String... texts) {
    return Stream.of(texts).filter(text -> !text.isEmpty()).toList();
  }

  private static String file(String name) {
    return name.isEmpty() ? "A document." : "The document " + name + ".";
  }
}
