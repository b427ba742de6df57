/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Splits server-sent events into frames, wherever the bytes are cut. Confined to one call.
 *
 * <p>Lines end at LF, CR or CRLF and nowhere else: JSON may hold the other Unicode line separators
 * raw. Beyond the standard it takes the field {@code error}, which old llama.cpp servers send in
 * place of an event of that name, an event that was not closed by a blank line, and a last JSON
 * text that is no field at all: so Google reports that its stream broke.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent
 *     events</a>
 */
final class SseFramer implements Framer {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

  private final ReplyHead head;
  private final int maxEventBytes;
  private final ByteBuilder line = new ByteBuilder();
  private final ByteBuilder data = new ByteBuilder();
  private final ByteBuilder bare = new ByteBuilder();
  private String event = "";
  private boolean firstLine = true;
  private boolean afterCarriageReturn;

  /**
   * A framer for the answer that begins with {@code head}.
   *
   * @param maxEventBytes the longest event, its unfinished lines included
   */
  SseFramer(ReplyHead head, int maxEventBytes) {
    this.head = head;
    this.maxEventBytes = maxEventBytes;
  }

  @Override
  public void feed(ByteBuffer slice, Frame.Handler frames) throws LlmException {
    while (slice.hasRemaining()) {
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (slice.get(slice.position()) == '\n') {
          slice.get();
          continue;
        }
      }
      int end = endOfLine(slice);
      line.append(slice, end - slice.position());
      if (line.length() + data.length() + bare.length() > maxEventBytes) {
        throw BrokenReply.tooLarge(head, "an event", maxEventBytes);
      }
      if (slice.hasRemaining()) {
        afterCarriageReturn = slice.get() == '\r';
        endLine(frames);
      }
    }
  }

  /** Hands over a last event without its blank line, if it is whole. */
  @Override
  public void end(Frame.Handler frames) throws LlmException {
    if (line.length() > 0) {
      endLine(frames);
    }
    Frame last = new Frame(event, data.array(), data.length());
    boolean whole = last.startsWith("[DONE]") || Json.tryRead(last.data(), last.length()) != null;
    if (whole) {
      dispatch(frames);
    }
    if (Json.tryRead(bare.array(), bare.length()) != null) {
      frames.frame(new Frame("", bare.array(), bare.length()));
    }
  }

  private static int endOfLine(ByteBuffer slice) {
    for (int i = slice.position(); i < slice.limit(); i++) {
      byte value = slice.get(i);
      if (value == '\n' || value == '\r') {
        return i;
      }
    }
    return slice.limit();
  }

  private void endLine(Frame.Handler frames) throws LlmException {
    int start = firstLine && line.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    firstLine = false;
    if (line.length() == start) {
      dispatch(frames);
    } else if (isBareJson(line.array()[start])) {
      bare.append(line.array(), start, line.length() - start);
    } else {
      field(start);
    }
    line.clear();
  }

  /** No field begins with a mark or a blank, and each line of a JSON text with one of them. */
  private boolean isBareJson(byte first) {
    return first == '{' || first == '[' || (bare.length() > 0 && !isFieldStart(first));
  }

  private static boolean isFieldStart(byte first) {
    return first == ':' || (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  }

  private void dispatch(Frame.Handler frames) throws LlmException {
    if (data.length() > 0) {
      frames.frame(new Frame(event, data.array(), data.length()));
    }
    data.clear();
    event = "";
  }

  private void field(int start) {
    int colon = line.indexOf(':');
    int nameEnd = colon < 0 ? line.length() : colon;
    int value = colon < 0 ? line.length() : colon + 1;
    if (value < line.length() && line.array()[value] == ' ') {
      value++;
    }
    switch (name(start, nameEnd)) {
      case "data" -> appendData(value);
      case "event" -> event = line.text(value);
      case "error" -> {
        event = "error";
        appendData(value);
      }
      default -> {} // a comment, an id, a retry time or a field of the future
    }
  }

  private String name(int start, int end) {
    int length = end - start;
    // No new string for the field that nearly every line is.
    return length == DATA.length && line.startsWith(DATA)
        ? "data"
        : new String(line.array(), start, length, StandardCharsets.UTF_8);
  }

  private void appendData(int start) {
    if (data.length() > 0) {
      data.append((byte) '\n');
    }
    data.append(line.array(), start, line.length() - start);
  }
}
