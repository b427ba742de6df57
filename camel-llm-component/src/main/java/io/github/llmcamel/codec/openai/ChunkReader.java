/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.llmcamel.codec.AnswerReader;
import io.github.llmcamel.codec.BrokenReply;
import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Frame;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer: its chunks, or the whole as if it were one chunk. Confined to one call.
 *
 * <p>Choices interleave; each is read by a {@link ChoiceReader} of its own.
 */
final class ChunkReader implements AnswerReader {

  /** Padding is among them: it stands for nothing. */
  private static final Set<String> KNOWN =
      Set.of("id", "object", "created", "model", "choices", "usage", "error", "obfuscation");

  private static final long LATEST_SECOND = Instant.MAX.getEpochSecond();

  private final ReplyHead head;
  private final Map<Integer, ChoiceReader> choices = new TreeMap<>();
  private final TextChunk textChunk = new TextChunk();
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Instant created;
  private final Map<String, Object> extras = new HashMap<>();
  private final Map<String, Object> untoldExtras = new LinkedHashMap<>();
  private boolean started;
  private boolean empty = true;
  private boolean complete;
  private boolean terminated;

  ChunkReader(ReplyHead head) {
    this.head = head;
  }

  @Override
  public void frame(Frame frame, Consumer<ChatEvent> events) throws LlmException {
    if (terminated) {
      return;
    }
    if (frame.startsWith("[DONE]")) {
      terminated = true;
      return;
    }
    if (id != null && model != null && frame.event().isEmpty() && textChunk.read(frame)) {
      choice(textChunk.choice()).read(textChunk, events);
      return;
    }
    JsonNode payload = Json.tryRead(frame.data(), frame.length());
    if (frame.event().equals("error")) {
      JsonNode said = payload != null ? payload : JsonNodeFactory.instance.textNode(frame.text());
      throw ErrorReader.ofEvent(head, said);
    }
    if (payload != null) {
      throwError(payload, true);
      chunk(payload, events);
    } else if (frame.event().isEmpty() || frame.event().equals("message")) {
      throw BrokenReply.unreadable(head, "an event that is not JSON");
    }
  }

  @Override
  public void whole(JsonNode answer, Consumer<ChatEvent> events) throws LlmException {
    throwError(answer, false);
    chunk(answer, events);
    if (choices.isEmpty()) {
      throw BrokenReply.unreadable(head, "JSON that has no choices");
    }
    completeToolCalls(events);
    // Read to its last brace: a missing finish word does not make it a part.
    complete = true;
  }

  @Override
  public void end(Consumer<ChatEvent> events) throws LlmException {
    if (empty) {
      throw BrokenReply.unreadable(head, "a stream that has no events");
    }
    if (!isFinished()) {
      throw BrokenReply.interrupted(head);
    }
    completeToolCalls(events);
  }

  @Override
  public boolean isFinished() {
    return complete
        || (!choices.isEmpty() && choices.values().stream().allMatch(ChoiceReader::isFinished));
  }

  @Override
  public boolean isTerminated() {
    return terminated;
  }

  private void throwError(JsonNode payload, boolean streamed) throws LlmException {
    JsonNode json = payload.isArray() ? payload.path(0) : payload;
    JsonNode groq = json.path("x_groq");
    JsonNode error = ErrorReader.isError(groq) ? groq : json;
    if (ErrorReader.isError(error)) {
      throw streamed ? ErrorReader.ofEvent(head, error) : ErrorReader.ofAnswer(head, error);
    }
  }

  private void chunk(JsonNode chunk, Consumer<ChatEvent> events) {
    empty = empty && !chunk.isObject();
    Usage usage = UsageReader.find(chunk);
    JsonNode parts = chunk.path("choices");
    start(chunk, usage != null || !parts.isEmpty(), events);
    for (JsonNode choice : parts) {
      Long index = Json.wholeNumber(choice.path("index"));
      choice(index == null ? 0 : index.intValue()).read(choice, events);
    }
    if (!choices.isEmpty()) {
      choices.values().iterator().next().sources(chunk, events);
    }
    if (usage != null) {
      events.accept(new ChatEvent.UsageReported(usage));
    }
    ServerTiming timing = TimingReader.find(chunk);
    if (timing != null) {
      events.accept(new ChatEvent.TimingReported(timing));
    }
    if ("chat.completion.done".equals(chunk.path("object").textValue())) {
      complete = true;
      terminated = true;
    }
  }

  private ChoiceReader choice(int index) {
    return choices.computeIfAbsent(index, missing -> new ChoiceReader(missing, head.answer()));
  }

  /** The first name of each kind stays; Azure's first chunk has empty ones. */
  private void start(JsonNode chunk, boolean brings, Consumer<ChatEvent> events) {
    String newId = id == null ? Json.nonEmptyText(chunk.path("id")) : null;
    String newModel = model == null ? Json.nonEmptyText(chunk.path("model")) : null;
    id = newId != null ? newId : id;
    model = newModel != null ? newModel : model;
    created = created == null ? time(chunk.path("created")) : created;
    if (chunk.path("choices").isArray()) {
      extras(chunk);
    }
    boolean saysMore = started && !untoldExtras.isEmpty();
    if (newId != null || newModel != null || (brings && !started) || saysMore) {
      started = true;
      events.accept(new ChatEvent.Started(id, model, created, untoldExtras));
      untoldExtras.clear();
    }
  }

  /** Most servers say the same in every chunk. */
  private void extras(JsonNode chunk) {
    UnknownMembers.of(chunk, KNOWN)
        .forEach(
            (name, value) -> {
              if (!value.equals(extras.put(name, value))) {
                untoldExtras.put(name, value);
              }
            });
  }

  /** Seconds since 1970; Azure's first chunk has 0. */
  private static @Nullable Instant time(JsonNode created) {
    Long seconds = Json.count(created);
    return seconds == null || seconds == 0 || seconds > LATEST_SECOND
        ? null
        : Instant.ofEpochSecond(seconds);
  }

  private void completeToolCalls(Consumer<ChatEvent> events) {
    choices.values().forEach(choice -> choice.completeToolCalls(events));
  }
}
