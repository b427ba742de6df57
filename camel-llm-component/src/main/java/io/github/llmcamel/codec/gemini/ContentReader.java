/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.codec.AnswerReader;
import io.github.llmcamel.codec.BrokenReply;
import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.Frame;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Usage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads one answer: the pieces of its stream, or the whole. Confined to one call.
 *
 * <p>A piece has the form of a whole answer and brings what is new. Nothing but the end of the
 * bytes says that it was the last: counts may follow the finish.
 */
final class ContentReader implements AnswerReader {

  private final ReplyHead head;
  private final Map<Integer, CandidateReader> candidates = new TreeMap<>();
  private final UsageReader usage = new UsageReader();
  private ChatEvent.Started started = new ChatEvent.Started(null, null);
  private boolean hasStarted;
  private boolean blocked;
  private boolean whole;

  ContentReader(ReplyHead head) {
    this.head = head;
  }

  @Override
  public void frame(Frame frame, Consumer<ChatEvent> events) throws LlmException {
    // Gateways end every stream with OpenAI's word.
    if (frame.startsWith("[DONE]")) {
      return;
    }
    JsonNode piece = Json.tryRead(frame.data(), frame.length());
    if (piece == null) {
      throw BrokenReply.unreadable(head, "an event that is not JSON");
    }
    piece(piece, events);
  }

  @Override
  public void whole(JsonNode answer, Consumer<ChatEvent> events) throws LlmException {
    piece(answer, events);
    if (isEmpty()) {
      throw BrokenReply.unreadable(head, "JSON that has no candidates");
    }
    endCandidates(events);
    // Read to its last brace: a missing reason does not make it a part.
    whole = true;
  }

  @Override
  public void end(Consumer<ChatEvent> events) throws LlmException {
    if (isEmpty()) {
      throw BrokenReply.unreadable(head, "a stream that has no events");
    }
    endCandidates(events);
    if (!isFinished()) {
      throw BrokenReply.interrupted(head);
    }
  }

  @Override
  public boolean isFinished() {
    return whole
        || blocked
        || (!candidates.isEmpty()
            && candidates.values().stream().allMatch(CandidateReader::isFinished));
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  private boolean isEmpty() {
    return candidates.isEmpty() && !blocked;
  }

  private void piece(JsonNode piece, Consumer<ChatEvent> events) throws LlmException {
    if (piece.isArray()) {
      for (JsonNode element : piece) {
        piece(element, events);
      }
      return;
    }
    if (ErrorReader.isError(piece)) {
      throw isEmpty() ? ErrorReader.ofAnswer(head, piece) : ErrorReader.ofEvent(head, piece);
    }
    start(piece, events);
    for (JsonNode candidate : piece.path("candidates")) {
      candidate(index(candidate)).read(candidate, events);
    }
    block(piece.path("promptFeedback"), events);
    Usage counts = usage.read(piece.path("usageMetadata"), isFinished());
    if (counts != null) {
      events.accept(new ChatEvent.UsageReported(counts));
    }
  }

  private CandidateReader candidate(int index) {
    return candidates.computeIfAbsent(index, number -> new CandidateReader(number, head.answer()));
  }

  private void endCandidates(Consumer<ChatEvent> events) {
    candidates.values().forEach(candidate -> candidate.end(events));
  }

  private void start(JsonNode piece, Consumer<ChatEvent> events) {
    String id = Json.nonEmptyText(piece.path("responseId"));
    String model = Json.nonEmptyText(piece.path("modelVersion"));
    ChatEvent.Started known =
        new ChatEvent.Started(
            id != null ? id : started.id(), model != null ? model : started.model());
    boolean isFirst = !hasStarted && (piece.has("candidates") || piece.has("promptFeedback"));
    if (isFirst || !known.equals(started)) {
      hasStarted = true;
      started = known;
      events.accept(known);
    }
  }

  /** A refused prompt gets no candidate, but is an answer. */
  private void block(JsonNode feedback, Consumer<ChatEvent> events) {
    String reason = Json.nonEmptyText(feedback.path("blockReason"));
    if (reason != null && !blocked) {
      blocked = true;
      events.accept(new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER.saidAs(reason)));
    }
  }

  private static int index(JsonNode candidate) {
    Long index = Json.count(candidate.path("index"));
    return index == null || index > Integer.MAX_VALUE ? 0 : index.intValue();
  }
}
