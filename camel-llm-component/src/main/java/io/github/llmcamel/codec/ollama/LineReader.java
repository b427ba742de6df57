/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.llmcamel.codec.AnswerReader;
import io.github.llmcamel.codec.BrokenReply;
import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Frame;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.TokenProbabilities;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one answer; a whole answer is one line. Confined to one call. */
final class LineReader implements AnswerReader {

  /** Ollama draws one answer to a request. */
  private static final int CHOICE = 0;

  private final ReplyHead head;
  private boolean started;
  private boolean done;
  private int toolCalls;

  LineReader(ReplyHead head) {
    this.head = head;
  }

  @Override
  public void frame(Frame frame, Consumer<ChatEvent> events) throws LlmException {
    if (done) {
      return;
    }
    JsonNode line = Json.tryRead(frame.data(), frame.length());
    if (line == null) {
      throw BrokenReply.unreadable(head, "a line that is not JSON");
    }
    line(line, events);
  }

  @Override
  public void whole(JsonNode answer, Consumer<ChatEvent> events) throws LlmException {
    line(answer, events);
    end(events);
  }

  @Override
  public void end(Consumer<ChatEvent> events) throws LlmException {
    if (!started) {
      throw BrokenReply.unreadable(head, "JSON that is cut off or has no message");
    }
    if (!done) {
      throw BrokenReply.interrupted(head);
    }
  }

  @Override
  public boolean isFinished() {
    return done;
  }

  @Override
  public boolean isTerminated() {
    return done;
  }

  private void line(JsonNode line, Consumer<ChatEvent> events) throws LlmException {
    if (ErrorReader.isError(line)) {
      throw started ? ErrorReader.ofServerEvent(head, line) : ErrorReader.ofAnswer(head, line);
    }
    JsonNode message = line.path("message");
    done = line.path("done").booleanValue();
    if (!started && (message.isObject() || done)) {
      started = true;
      events.accept(
          new ChatEvent.Started(
              null, Json.nonEmptyText(line.path("model")), time(line.path("created_at").asText())));
    }
    TokenProbabilities.read(line.path("logprobs"), CHOICE, events);
    message(message, events);
    if (done) {
      finish(line, events);
    }
  }

  private void message(JsonNode message, Consumer<ChatEvent> events) {
    String thinking = Json.nonEmptyText(message.path("thinking"));
    if (thinking != null) {
      events.accept(new ChatEvent.ReasoningDelta(CHOICE, thinking));
    }
    String content = Json.nonEmptyText(message.path("content"));
    if (content != null) {
      events.accept(new ChatEvent.TextDelta(CHOICE, content));
    }
    for (JsonNode call : message.path("tool_calls")) {
      toolCall(call, events);
    }
  }

  /** Calls come whole, several in one line or spread over lines; only newer servers name them. */
  private void toolCall(JsonNode call, Consumer<ChatEvent> events) {
    JsonNode function = call.path("function");
    if (function.isEmpty()) {
      return;
    }
    int position = toolCalls++;
    String id = Json.nonEmptyText(call.path("id"));
    JsonNode arguments = function.path("arguments");
    events.accept(
        new ChatEvent.ToolCallDelta(
            CHOICE,
            position,
            id != null ? id : ToolCall.generatedId(head.answer(), CHOICE, position),
            Json.nonEmptyText(function.path("name")),
            arguments.isObject()
                ? arguments.toString()
                : Objects.requireNonNullElse(arguments.textValue(), "")));
  }

  private static void finish(JsonNode line, Consumer<ChatEvent> events) {
    String word = Json.nonEmptyText(line.path("done_reason"));
    if (word != null) {
      events.accept(new ChatEvent.Finished(CHOICE, finishReason(word)));
    }
    ObjectNode metrics = metrics(line);
    if (!metrics.isEmpty()) {
      events.accept(
          new ChatEvent.UsageReported(
              new Usage(
                  Json.count(metrics.path("prompt_eval_count")),
                  Json.count(metrics.path("eval_count")),
                  null,
                  null,
                  null,
                  metrics.toString())));
    }
    ServerTiming timing =
        new ServerTiming(nanos(metrics.path("prompt_eval_duration")), perOutputToken(metrics));
    if (!timing.equals(ServerTiming.UNKNOWN)) {
      events.accept(new ChatEvent.TimingReported(timing));
    }
  }

  /** Its clock for the output starts before the first token. */
  private static @Nullable Duration perOutputToken(JsonNode metrics) {
    Duration output = nanos(metrics.path("eval_duration"));
    Long tokens = Json.count(metrics.path("eval_count"));
    return output == null || tokens == null || tokens < 2 ? null : output.dividedBy(tokens);
  }

  private static @Nullable Duration nanos(JsonNode value) {
    Long nanos = Json.count(value);
    return nanos == null ? null : Duration.ofNanos(nanos);
  }

  private static @Nullable Instant time(String createdAt) {
    try {
      return OffsetDateTime.parse(createdAt).toInstant();
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static FinishReason finishReason(String word) {
    return switch (word) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      // Such as load and unload, the answers to a request without messages.
      default -> FinishReason.OTHER.saidAs(word);
    };
  }

  /** What the last line counts and times (in nanoseconds); Ollama leaves out what is 0. */
  private static ObjectNode metrics(JsonNode line) {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    line.properties()
        .forEach(
            member -> {
              if (member.getKey().endsWith("_count") || member.getKey().endsWith("_duration")) {
                metrics.set(member.getKey(), member.getValue());
              }
            });
    return metrics;
  }
}
