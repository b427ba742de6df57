/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a decoder made of the slices of an answer. */
public record Played(List<ChatEvent> events, @Nullable LlmException failure) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Feeds a new decoder slice by slice and ends it in order. */
  public static Played play(ChatCodec codec, ReplyHead head, List<byte[]> slices) {
    StreamDecoder decoder = codec.newDecoder(head);
    List<ChatEvent> events = new ArrayList<>();
    try {
      for (byte[] slice : slices) {
        ByteBuffer buffer = ByteBuffer.wrap(slice);
        decoder.feed(buffer, events::add);
        if (buffer.hasRemaining() && !decoder.isTerminated()) {
          throw new AssertionError("The decoder left bytes in the slice.");
        }
      }
      decoder.end(events::add);
      return new Played(events, null);
    } catch (LlmException e) {
      return new Played(events, e);
    }
  }

  /**
   * As {@link #play}, with the bytes at once, one by one and in random slices, which must make no
   * difference.
   */
  public static Played playSliced(ChatCodec codec, ReplyHead head, byte[] body) {
    Played whole = play(codec, head, List.of(body));
    assertThat(Slices.inManyWays(body))
        .allSatisfy(
            slices ->
                assertThat(play(codec, head, slices).comparable()).isEqualTo(whole.comparable()));
    return whole;
  }

  public ChatResponse response() {
    return response(ChatResponse.builder());
  }

  /** The response with what its headers say. */
  ChatResponse response(ReplyHead head) {
    return response(ChatResponse.builder().headers(head.requestId(), head.rateLimits()));
  }

  private ChatResponse response(ChatResponse.Builder builder) {
    events.forEach(builder::add);
    return builder.build();
  }

  /** What can be compared: an exception has no equality of its own. */
  List<Object> comparable() {
    return failure == null
        ? List.copyOf(events)
        : List.of(events, failure.getClass(), failure.getMessage());
  }

  /** In the format of {@code events.json}; the raw usage object is left out. */
  JsonNode json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("events", events.stream().map(event -> event.match(new AsJson())).toList());
    if (failure != null) {
      json.put("failure", failure(failure));
    }
    return JSON.valueToTree(json);
  }

  private static Map<String, Object> failure(LlmException failure) {
    return entries(
        "type", failure.getClass().getSimpleName(),
        "message", failure.getMessage(),
        "code", failure.getCode(),
        "retryable", failure.isRetryable());
  }

  private static Map<String, Object> entries(@Nullable Object... namesAndValues) {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        entries.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return entries;
  }

  private static final class AsJson implements ChatEvent.Cases<Map<String, Object>> {
    @Override
    public Map<String, Object> started(ChatEvent.Started event) {
      return Map.of(
          "started",
          entries(
              "id", event.id(), "model", event.model(), "extras", presentOrNull(event.extras())));
    }

    @Override
    public Map<String, Object> text(ChatEvent.TextDelta event) {
      return entries("choice", event.choice(), "text", event.text());
    }

    @Override
    public Map<String, Object> reasoning(ChatEvent.ReasoningDelta event) {
      return entries("choice", event.choice(), "reasoning", event.text());
    }

    @Override
    public Map<String, Object> refusal(ChatEvent.RefusalDelta event) {
      return entries("choice", event.choice(), "refusal", event.text());
    }

    @Override
    public Map<String, Object> toolCall(ChatEvent.ToolCallDelta event) {
      return entries(
          "choice", event.choice(),
          "toolCall", event.position(),
          "id", event.id(),
          "name", event.name(),
          "arguments", event.arguments(),
          "kind", event.kind() == ToolCall.Kind.FUNCTION ? null : event.kind().name(),
          "extras", presentOrNull(event.extras()));
    }

    @Override
    public Map<String, Object> part(ChatEvent.PartReceived event) {
      return entries("choice", event.choice(), "part", part(event.part()));
    }

    private static Object part(Part part) {
      if (part instanceof Part.Opaque opaque) {
        return entries("protocol", opaque.protocol(), "json", opaque.json());
      }
      Part.Media media = (Part.Media) part;
      return entries("kind", media.kind().name(), "url", media.url());
    }

    @Override
    public Map<String, Object> cited(ChatEvent.Cited event) {
      return entries(
          "choice", event.choice(),
          "url", event.citation().url(),
          "title", event.citation().title(),
          "quote", event.citation().quote(),
          "start", event.citation().start(),
          "end", event.citation().end());
    }

    @Override
    public Map<String, Object> tokensRated(ChatEvent.TokensRated event) {
      return entries("choice", event.choice(), "tokens", tokens(event.tokens()));
    }

    private static List<Object> tokens(List<TokenProbability> tokens) {
      return tokens.stream()
          .<Object>map(
              each ->
                  entries(
                      "token", each.token(),
                      "logProbability", each.logProbability(),
                      "bytes", each.bytes(),
                      "alternatives", tokens(each.alternatives())))
          .toList();
    }

    @Override
    public Map<String, Object> extras(ChatEvent.ExtrasReceived event) {
      return entries(
          "choice", event.choice(),
          "extras", presentOrNull(event.ofChoice()),
          "messageExtras", presentOrNull(event.ofMessage()));
    }

    private static @Nullable Map<String, Object> presentOrNull(Map<String, Object> extras) {
      return extras.isEmpty() ? null : extras;
    }

    @Override
    public Map<String, Object> finished(ChatEvent.Finished event) {
      return entries(
          "choice", event.choice(),
          "finished", event.reason().word(),
          "raw", event.reason().raw());
    }

    @Override
    public Map<String, Object> usage(ChatEvent.UsageReported event) {
      Usage usage = event.usage();
      return Map.of(
          "usage",
          entries(
              "input", usage.inputTokens(),
              "output", usage.outputTokens(),
              "cached", usage.cachedInputTokens(),
              "cacheWrite", usage.cacheWriteInputTokens(),
              "reasoning", usage.reasoningTokens()));
    }

    @Override
    public Map<String, Object> timing(ChatEvent.TimingReported event) {
      return Map.of(
          "timing",
          entries(
              "promptMicros", micros(event.timing().promptEvaluation()),
              "perOutputTokenMicros", micros(event.timing().perOutputToken())));
    }

    private static @Nullable Long micros(@Nullable Duration time) {
      return time == null ? null : TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
  }
}
