/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer to one request, and when it came, by {@link System#nanoTime}. */
public final class Reply {

  private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_FIRST_READ = 16 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final long sentAt;
  private final byte[] tail = new byte[LAST_CHUNK.length];
  private ByteBuffer start = ByteBuffer.allocate(LONGEST_FIRST_READ);
  private @Nullable String head;
  private @Nullable Long contentLength;
  private long bodyBytes;
  private long firstByteAt;
  private long lastByteAt;
  private boolean ended;

  Reply(long sentAt) {
    this.sentAt = sentAt;
  }

  /** When the request was written. */
  public long sentAt() {
    return sentAt;
  }

  /** When the first byte of the body came; 0 if none has. */
  public long firstByteAt() {
    return firstByteAt;
  }

  /** When the last byte came so far; 0 if none has. */
  public long lastByteAt() {
    return lastByteAt;
  }

  /** Whether something of the body has come, or nothing will. */
  public boolean hasBegun() {
    return firstByteAt != 0 || ended;
  }

  /** Whether all of the body has come, or the connection has ended. */
  public boolean hasEnded() {
    return ended;
  }

  /** The status; 0 while there is none. */
  public int status() {
    return head == null ? 0 : Integer.parseInt(head.substring(9, 12));
  }

  /** The value of a header; null if there is none. */
  public @Nullable String header(String name) {
    String start = "\r\n" + name.toLowerCase(Locale.ROOT) + ": ";
    int at = head == null ? -1 : head.toLowerCase(Locale.ROOT).indexOf(start);
    if (head == null || at < 0) {
      return null;
    }
    int from = at + start.length();
    return head.substring(from, head.indexOf("\r\n", from)).strip();
  }

  void connectionEnded() {
    ended = true;
  }

  void received(ByteBuffer bytes, long now) {
    lastByteAt = now;
    keepTail(bytes);
    if (head == null) {
      readHead(bytes);
    } else {
      bodyBytes += bytes.remaining();
    }
    if (head != null) {
      if (bodyBytes > 0 && firstByteAt == 0) {
        firstByteAt = now;
      }
      ended = isComplete();
    }
  }

  private boolean isComplete() {
    // Nothing else that is sent here looks like the last chunk.
    return contentLength == null ? Arrays.equals(tail, LAST_CHUNK) : bodyBytes >= contentLength;
  }

  private void readHead(ByteBuffer bytes) {
    start.put(bytes);
    String text = new String(start.array(), 0, start.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end >= 0) {
      head = text.substring(0, end + 2);
      String length = header("Content-Length");
      contentLength = length == null ? null : Long.valueOf(length);
      start = NOTHING;
      bodyBytes = text.length() - end - 4;
    }
  }

  private void keepTail(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), tail.length);
    System.arraycopy(tail, count, tail, 0, tail.length - count);
    bytes.get(bytes.limit() - count, tail, tail.length - count, count);
  }
}
