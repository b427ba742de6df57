/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.anthropic;

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
import io.github.llmcamel.model.Usage;
import java.util.function.Consumer;

/**
 * Reads one message: the pieces of its stream, or the whole. Confined to one call.
 *
 * <p>A piece is known by the type in its data: some gateways leave the name of the event out.
 */
final class MessageReader implements AnswerReader {

  private final ReplyHead head;
  private final BlockReader blocks;
  private final UsageReader usage = new UsageReader();
  private boolean empty = true;
  private boolean finished;
  private boolean stopped;

  MessageReader(ReplyHead head) {
    this.head = head;
    this.blocks = new BlockReader(head.answer());
  }

  @Override
  public void frame(Frame frame, Consumer<ChatEvent> events) throws LlmException {
    // Gateways end every stream with OpenAI's word.
    if (stopped || frame.startsWith("[DONE]")) {
      return;
    }
    JsonNode payload = Json.tryRead(frame.data(), frame.length());
    if (frame.event().equals("error")) {
      JsonNode said = payload != null ? payload : JsonNodeFactory.instance.textNode(frame.text());
      throw ErrorReader.ofEvent(head, said);
    }
    if (payload == null) {
      if (frame.event().isEmpty() || isPieceOfMessage(frame.event())) {
        throw BrokenReply.unreadable(head, "an event that is not JSON");
      }
      return;
    }
    if (ErrorReader.isError(payload)) {
      throw ErrorReader.ofEvent(head, payload);
    }
    piece(payload, events);
  }

  @Override
  public void whole(JsonNode answer, Consumer<ChatEvent> events) throws LlmException {
    if (ErrorReader.isError(answer)) {
      throw ErrorReader.ofAnswer(head, answer);
    }
    if (!answer.path("content").isArray()) {
      throw BrokenReply.unreadable(head, "JSON that has no content");
    }
    message(answer, events);
    // Read to its last brace: a missing stop reason does not make it a part.
    stopped = true;
  }

  @Override
  public void end(Consumer<ChatEvent> events) throws LlmException {
    if (empty) {
      throw BrokenReply.unreadable(head, "a stream that has no events");
    }
    if (!isFinished()) {
      throw BrokenReply.interrupted(head);
    }
    blocks.stopAll(events);
  }

  @Override
  public boolean isFinished() {
    return finished || stopped;
  }

  @Override
  public boolean isTerminated() {
    return stopped;
  }

  private static boolean isPieceOfMessage(String type) {
    return type.startsWith("message") || type.startsWith("content_block");
  }

  private void piece(JsonNode piece, Consumer<ChatEvent> events) {
    String type = piece.path("type").asText();
    empty = empty && type.isEmpty();
    switch (type) {
      case "message_start" -> message(piece.path("message"), events);
      case "message" -> message(piece, events);
      case "content_block_start" -> blocks.start(index(piece), piece.path("content_block"), events);
      case "content_block_delta" -> blocks.delta(index(piece), piece.path("delta"), events);
      case "content_block_stop" -> blocks.stop(index(piece), events);
      case "message_delta" -> {
        finish(piece.path("delta"), events);
        usage(piece, events);
      }
      case "message_stop" -> stopped = true;
      default -> {} // a ping, or a piece of the future
    }
  }

  /** The beginning of a message is a message whose content is still to come. */
  private void message(JsonNode message, Consumer<ChatEvent> events) {
    String id = Json.nonEmptyText(message.path("id"));
    events.accept(new ChatEvent.Started(id, Json.nonEmptyText(message.path("model"))));
    long index = 0;
    for (JsonNode block : message.path("content")) {
      blocks.start(index, block, events);
      blocks.stop(index, events);
      index++;
    }
    finish(message, events);
    usage(message, events);
  }

  private void finish(JsonNode holder, Consumer<ChatEvent> events) {
    String reason = Json.nonEmptyText(holder.path("stop_reason"));
    if (reason != null && !finished) {
      finished = true;
      events.accept(new ChatEvent.Finished(0, FinishReasons.read(reason)));
    }
  }

  private void usage(JsonNode holder, Consumer<ChatEvent> events) {
    Usage counts = usage.read(holder.path("usage"));
    if (counts != null) {
      events.accept(new ChatEvent.UsageReported(counts));
    }
  }

  private static long index(JsonNode piece) {
    Long index = Json.wholeNumber(piece.path("index"));
    return index == null ? 0 : index;
  }
}
