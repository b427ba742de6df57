/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec;

import io.github.llmcamel.error.LlmException;
import java.nio.ByteBuffer;

/**
 * Splits JSON lines, or the elements of a JSON array, into frames, wherever the bytes are cut.
 * Confined to one call.
 *
 * <p>An object ends at its last brace, not at a line end: proxies join lines and wrap objects. Text
 * between objects is a frame up to the end of its line. What is cut at the end of the bytes is
 * dropped.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">NDJSON</a>
 */
final class NdjsonFramer implements Framer {

  private final ReplyHead head;
  private final int maxObjectBytes;
  private final ByteBuilder piece = new ByteBuilder();
  private int depth;
  private boolean inString;
  private boolean escaped;

  /**
   * A framer for the answer that begins with {@code head}.
   *
   * @param maxObjectBytes the longest object, also while it is unfinished
   */
  NdjsonFramer(ReplyHead head, int maxObjectBytes) {
    this.head = head;
    this.maxObjectBytes = maxObjectBytes;
  }

  @Override
  public void feed(ByteBuffer slice, Frame.Handler frames) throws LlmException {
    while (slice.hasRemaining()) {
      if (piece.length() == 0 && isBetweenObjects(slice.get(slice.position()))) {
        slice.get();
        continue;
      }
      int start = slice.position();
      boolean whole = skipPiece(slice);
      int end = slice.position();
      slice.position(start);
      piece.append(slice, end - start);
      if (piece.length() > maxObjectBytes) {
        throw BrokenReply.tooLarge(head, "an object", maxObjectBytes);
      }
      if (whole) {
        frames.frame(new Frame("", piece.array(), piece.length()));
        piece.clear();
      }
    }
  }

  @Override
  public void end(Frame.Handler frames) {
    piece.clear();
  }

  private static boolean isBetweenObjects(byte value) {
    return switch (value) {
      case ' ', '\t', '\r', '\n', '[', ',', ']' -> true;
      default -> false;
    };
  }

  /** Moves behind the bytes of the current piece; whether its last one is among them. */
  private boolean skipPiece(ByteBuffer slice) {
    boolean inObject = depth > 0 || (piece.length() == 0 && slice.get(slice.position()) == '{');
    while (slice.hasRemaining()) {
      byte value = slice.get();
      if (inObject ? endsObject(value) : value == '\n' || value == '\r') {
        return true;
      }
    }
    return false;
  }

  private boolean endsObject(byte value) {
    if (inString) {
      inString = escaped || value != '"';
      escaped = !escaped && value == '\\';
      return false;
    }
    switch (value) {
      case '"' -> inString = true;
      case '{', '[' -> depth++;
      case '}', ']' -> depth--;
      default -> {} // between the marks nothing matters
    }
    return depth == 0;
  }
}
