/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.Citations;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one of the answers that are drawn to a request. Confined to one call. */
final class CandidateReader {

  private final int choice;
  private final String answer;
  private final Citations citations;
  private int functionCalls;
  private @Nullable FinishReason finish;

  /** Reads the answer of that number; {@code answer} is what tells the reply from others. */
  CandidateReader(int choice, String answer) {
    this.choice = choice;
    this.answer = answer;
    this.citations = new Citations(choice);
  }

  /** Reads what a piece of the stream says of this answer. */
  void read(JsonNode candidate, Consumer<ChatEvent> events) {
    for (JsonNode part : candidate.path("content").path("parts")) {
      part(part, events);
    }
    Sources.read(candidate, citations, events);
    rate(candidate.path("logprobsResult"), events);
    String reason = Json.nonEmptyText(candidate.path("finishReason"));
    if (reason != null) {
      finish = FinishReasons.read(reason);
    }
  }

  boolean isFinished() {
    return finish != null;
  }

  /** Nothing more comes. Until then the reason is open: some models give one in every piece. */
  void end(Consumer<ChatEvent> events) {
    if (finish != null) {
      events.accept(new ChatEvent.Finished(choice, finish));
    }
  }

  private void rate(JsonNode logprobs, Consumer<ChatEvent> events) {
    List<TokenProbability> tokens = new ArrayList<>();
    for (JsonNode chosen : logprobs.path("chosenCandidates")) {
      List<TokenProbability> alternatives = new ArrayList<>();
      logprobs
          .path("topCandidates")
          .path(tokens.size())
          .path("candidates")
          .forEach(candidate -> alternatives.add(rated(candidate, List.of())));
      tokens.add(rated(chosen, alternatives));
    }
    if (!tokens.isEmpty()) {
      events.accept(new ChatEvent.TokensRated(choice, tokens));
    }
  }

  /** A probability that is not written is 0, as everything in this protocol. */
  private static TokenProbability rated(JsonNode token, List<TokenProbability> alternatives) {
    double logProbability = token.path("logProbability").doubleValue();
    return new TokenProbability(token.path("token").asText(), logProbability, alternatives);
  }

  private void part(JsonNode part, Consumer<ChatEvent> events) {
    if (part.path("text").isTextual()) {
      text(part, events);
    } else if (part.path("functionCall").isObject()) {
      functionCall(part, events);
    } else if (part.path("inlineData").path("data").isTextual()) {
      media(part, events);
    } else if (!part.isEmpty()) {
      keep(part, events);
    }
  }

  private void text(JsonNode part, Consumer<ChatEvent> events) {
    String text = Json.nonEmptyText(part.path("text"));
    boolean isThought = part.path("thought").booleanValue();
    if (text != null) {
      events.accept(
          isThought
              ? new ChatEvent.ReasoningDelta(choice, text)
              : new ChatEvent.TextDelta(choice, text));
    }
    String signature = signature(part);
    if (signature != null) {
      // The text of an answer goes back by itself, thoughts do not.
      keep(text == null || isThought ? part : signed(signature), events);
    }
  }

  /** Calls come whole. Only some servers name them. */
  private void functionCall(JsonNode part, Consumer<ChatEvent> events) {
    JsonNode call = part.path("functionCall");
    int position = functionCalls++;
    String sentId = Json.nonEmptyText(call.path("id"));
    String id = sentId != null ? sentId : ToolCall.generatedId(answer, choice, position);
    JsonNode arguments = call.path("args");
    events.accept(
        new ChatEvent.ToolCallDelta(
            choice,
            position,
            id,
            Json.nonEmptyText(call.path("name")),
            arguments.isObject() ? arguments.toString() : "{}"));
    String signature = signature(part);
    if (signature != null) {
      ObjectNode signed = signed(signature);
      signed.putObject("functionCall").put("id", id);
      keep(signed, events);
    }
  }

  private void media(JsonNode part, Consumer<ChatEvent> events) {
    JsonNode inline = part.path("inlineData");
    String mediaType = inline.path("mimeType").asText("application/octet-stream");
    String url = "data:%s;base64,%s".formatted(mediaType, inline.path("data").textValue());
    events.accept(
        new ChatEvent.PartReceived(
            choice, new Part.Media(Part.Media.kindOf(mediaType), url, null, null)));
    String signature = signature(part);
    if (signature != null) {
      keep(signed(signature), events);
    }
  }

  private void keep(JsonNode part, Consumer<ChatEvent> events) {
    events.accept(
        new ChatEvent.PartReceived(choice, new Part.Opaque(GeminiCodec.NAME, part.toString())));
  }

  private static @Nullable String signature(JsonNode part) {
    return Json.nonEmptyText(part.path("thoughtSignature"));
  }

  private static ObjectNode signed(String signature) {
    return JsonNodeFactory.instance.objectNode().put("thoughtSignature", signature);
  }
}
