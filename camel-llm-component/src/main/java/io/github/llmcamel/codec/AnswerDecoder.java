/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of every protocol: a framing around a reader.
 *
 * <p>Neither the status nor the content type says what really comes, so the first byte decides: a
 * stream, one JSON document, or a web page. Reading whole answers the same way is what makes a
 * response the fold of its events.
 */
public final class AnswerDecoder implements StreamDecoder {

  /** The default limit of one frame, 16 MiB: room for an image in base64. */
  private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  private enum Form {
    UNKNOWN,
    FRAMES,
    DOCUMENT
  }

  /** How the bytes of a whole answer ended. */
  @FunctionalInterface
  private interface EndOfBytes {
    void read(AnswerDecoder decoder, Consumer<ChatEvent> events) throws LlmException;
  }

  private final ReplyHead head;
  private final AnswerReader reader;
  private final Framing framing;
  private final int maxBytes;
  private final ByteBuilder document = new ByteBuilder();
  private final @Nullable ReasoningSplitter reasoning;
  private Form form = Form.UNKNOWN;
  private @Nullable Framer framer;

  public AnswerDecoder(ReplyHead head, AnswerReader reader, Framing framing) {
    this(head, reader, framing, MAX_FRAME_BYTES);
  }

  private AnswerDecoder(ReplyHead head, AnswerReader reader, Framing framing, int maxBytes) {
    this.head = head;
    this.reader = reader;
    this.framing = framing;
    this.maxBytes = maxBytes;
    this.reasoning =
        head.reasoning() == ReasoningTags.KEPT
            ? null
            : new ReasoningSplitter(head.reasoning() == ReasoningTags.SPLIT_OFF_OPENED);
  }

  /**
   * Reads an answer that is there as a whole, in whatever form it came.
   *
   * @throws LlmException as the decoder does, with what came before as its partial response
   */
  public static ChatResponse decode(
      ReplyHead head, byte[] body, AnswerReader reader, Framing framing) throws LlmException {
    return decode(head, body, reader, framing, AnswerDecoder::end);
  }

  /**
   * Reads what is there of an answer whose connection broke, in whatever form it came.
   *
   * @throws LlmException unless that is a complete answer, with what came as its partial response
   */
  public static ChatResponse decodeBroken(
      ReplyHead head, byte[] body, AnswerReader reader, Framing framing) throws LlmException {
    return decode(head, body, reader, framing, AnswerDecoder::breakOff);
  }

  private static ChatResponse decode(
      ReplyHead head, byte[] body, AnswerReader reader, Framing framing, EndOfBytes end)
      throws LlmException {
    ChatResponse.Builder response =
        ChatResponse.builder().headers(head.requestId(), head.rateLimits());
    AnswerDecoder decoder = new AnswerDecoder(head, reader, framing, Math.max(body.length, 1));
    try {
      decoder.feed(ByteBuffer.wrap(body), response::add);
      end.read(decoder, response::add);
    } catch (LlmException e) {
      ChatResponse partial = response.build();
      if (!partial.choices().isEmpty()) {
        e.initPartialResponse(partial);
      }
      throw e;
    }
    return response.build();
  }

  @Override
  public void feed(ByteBuffer slice, Consumer<ChatEvent> events) throws LlmException {
    read(slice, splitting(events));
  }

  @Override
  public void end(Consumer<ChatEvent> events) throws LlmException {
    readEnd(splitting(events));
    endReasoning(events);
  }

  @Override
  public void breakOff(Consumer<ChatEvent> events) throws LlmException {
    if (!reader.isFinished()) {
      end(events);
      return;
    }
    // Without the frame that was cut off: nothing hangs on it any more.
    reader.end(splitting(events));
    endReasoning(events);
  }

  @Override
  public boolean isFinished() {
    return reader.isFinished();
  }

  @Override
  public boolean isTerminated() {
    return reader.isTerminated();
  }

  private Consumer<ChatEvent> splitting(Consumer<ChatEvent> events) {
    return reasoning == null ? events : event -> reasoning.split(event, events);
  }

  private void endReasoning(Consumer<ChatEvent> events) {
    if (reasoning != null) {
      reasoning.end(events);
    }
  }

  private void read(ByteBuffer slice, Consumer<ChatEvent> events) throws LlmException {
    if (reader.isTerminated()) {
      slice.position(slice.limit());
      return;
    }
    if (form == Form.UNKNOWN) {
      sniff(slice);
    }
    switch (form) {
      case UNKNOWN -> {}
      case FRAMES -> framer().feed(slice, frame -> reader.frame(frame, events));
      case DOCUMENT -> collect(slice);
    }
  }

  private void readEnd(Consumer<ChatEvent> events) throws LlmException {
    switch (form) {
      case UNKNOWN -> throw BrokenReply.nothing(head);
      case FRAMES -> {
        framer().end(frame -> reader.frame(frame, events));
        reader.end(events);
      }
      case DOCUMENT -> readDocument(events);
    }
  }

  private void sniff(ByteBuffer slice) {
    while (slice.hasRemaining() && form == Form.UNKNOWN) {
      byte first = slice.get(slice.position());
      switch (first) {
        // Blank lines keep slow connections alive; the other three are a byte order mark.
        case ' ', '\t', '\r', '\n', (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> slice.get();
        default -> {
          framer = framing.newFramer(head, first, maxBytes);
          form = framer == null ? Form.DOCUMENT : Form.FRAMES;
        }
      }
    }
  }

  private Framer framer() {
    return Objects.requireNonNull(framer);
  }

  private void collect(ByteBuffer slice) throws LlmException {
    if (document.length() + slice.remaining() > maxBytes) {
      throw BrokenReply.tooLarge(head, "a document", maxBytes);
    }
    document.append(slice, slice.remaining());
  }

  private void readDocument(Consumer<ChatEvent> events) throws LlmException {
    if (document.array()[0] == '<') {
      throw BrokenReply.webPage(head, document.array(), document.length());
    }
    List<JsonNode> values = Json.tryReadAll(document.array(), document.length());
    switch (values.size()) {
      case 0 -> throw BrokenReply.notJson(head);
      case 1 -> reader.whole(values.get(0), events);
      default -> readLines(values, events);
    }
  }

  /** Some gateways stream JSON lines where server-sent events were asked for. */
  private void readLines(List<JsonNode> values, Consumer<ChatEvent> events) throws LlmException {
    for (JsonNode value : values) {
      byte[] data = value.toString().getBytes(StandardCharsets.UTF_8);
      reader.frame(new Frame("", data, data.length), events);
    }
    reader.end(events);
  }
}
