/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * What is answered under which path: {@code /whole}; {@code /batch-<millis>}, after that time, and
 * good for each question of the batch; {@code /stream-<events>-<millis between>}; {@code
 * /flood-<events>}, of {@value #LARGE} bytes each; {@code /faults}, which breaks most answers at
 * random places; {@code /taken}, how many bytes clients and kernel have taken so far; {@code
 * /asked}, how many questions have come under {@code /batch}.
 */
final class Scripts {

  private static final long SEED = 42;
  private static final int FAULTS = 8;
  private static final int LARGE = 10_000;
  private static final int MILLIS_BETWEEN_BYTES = 20;

  /** A label, a summary, and JSON that fits the schema. */
  private static final String BATCH_ANSWER =
      "{\"title\":\"An invoice\",\"date\":null,\"sender\":null,\"amount\":null,"
          + "\"language\":\"en\"}";

  private static final String FINISH =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String LAST_CHUNK = "0\r\n\r\n";
  private static final String END = event(FINISH) + event("[DONE]") + LAST_CHUNK;
  private static final byte[] WHOLE =
      bytes(whole(200, "OK", completion("The customer wants a new invoice.")));
  private static final byte[] BATCH = bytes(whole(200, "OK", completion(BATCH_ANSWER)));
  private static final byte[] STREAM = bytes(STREAM_HEAD + text("a") + text("b") + END);
  private static final byte[] FLOOD = bytes(text("x".repeat(LARGE)));

  private final LoopbackServer server;
  private final Random random = new Random(SEED);
  private long taken;
  private long asked;

  Scripts(LoopbackServer server) {
    this.server = server;
  }

  /** A socket has taken so many bytes. */
  void taken(int bytes) {
    taken += bytes;
  }

  void answer(String path, boolean streamed, Peer peer) {
    String script = path.substring(1, path.indexOf('/', 1));
    String[] words = script.split("-");
    switch (words[0]) {
      case "whole" -> peer.send(WHOLE);
      case "batch" -> batch(peer, Long.parseLong(words[1]));
      case "stream" -> stream(peer, Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "flood" -> flood(peer, Integer.parseInt(words[1]));
      case "faults" -> fault(peer, streamed, random.nextInt(FAULTS));
      case "taken" -> tellTaken(peer);
      case "asked" -> peer.send(whole(200, "OK", Long.toString(asked)));
      default -> peer.send(whole(404, "Not Found", "{\"error\":\"no such script\"}"));
    }
  }

  private void batch(Peer peer, long millis) {
    asked++;
    server.after(millis, () -> peer.send(BATCH));
  }

  private void stream(Peer peer, int events, long millis) {
    peer.send(STREAM_HEAD);
    if (millis == 0) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < events; i++) {
        all.append(text(" word"));
      }
      peer.send(all + END);
    } else {
      // Not all at once, or so many streams would be one wave.
      server.after(random.nextInt((int) millis), () -> next(peer, events, millis));
    }
  }

  private void next(Peer peer, int left, long millis) {
    if (!peer.isOpen()) {
      return;
    }
    if (left == 0) {
      peer.send(END);
      return;
    }
    // The reader of this clock is on the same machine.
    peer.send(text(" " + System.nanoTime()));
    server.after(millis, () -> next(peer, left - 1, millis));
  }

  /** As fast as the client takes it. */
  private static void flood(Peer peer, int events) {
    peer.send(STREAM_HEAD);
    for (int i = 0; i < events; i++) {
      peer.send(FLOOD);
    }
    peer.send(END);
  }

  private void tellTaken(Peer peer) {
    long before = taken;
    peer.send(whole(200, "OK", Long.toString(before)));
    taken = before; // the question does not count
  }

  private void fault(Peer peer, boolean streamed, int kind) {
    byte[] answer = streamed ? STREAM : WHOLE;
    int place = random.nextInt(answer.length);
    switch (kind) {
      case 0 -> {
        peer.send(Arrays.copyOf(answer, place));
        peer.reset();
      }
      case 1 -> {
        peer.send(Arrays.copyOf(answer, place));
        server.after(random.nextInt(5), peer::reset);
      }
      case 2 -> {
        peer.send(Arrays.copyOf(answer, place));
        peer.close();
      }
      case 3 -> slowly(peer, answer, place / 2);
      case 4 -> peer.send(whole(429, "Too Many Requests", "{\"error\":{\"message\":\"slow\"}}"));
      case 5 -> fail(peer, streamed);
      default -> peer.send(answer);
    }
  }

  /** One byte at a time, for longer than the client has patience. */
  private void slowly(Peer peer, byte[] answer, int from) {
    peer.send(Arrays.copyOf(answer, from));
    server.after(MILLIS_BETWEEN_BYTES, () -> nextByte(peer, answer, from));
  }

  private void nextByte(Peer peer, byte[] answer, int at) {
    if (peer.isOpen() && at < answer.length) {
      peer.send(Arrays.copyOfRange(answer, at, at + 1));
      server.after(MILLIS_BETWEEN_BYTES, () -> nextByte(peer, answer, at + 1));
    }
  }

  private static void fail(Peer peer, boolean streamed) {
    if (streamed) {
      String error = "{\"error\":{\"message\":\"boom\",\"code\":500}}";
      peer.send(STREAM_HEAD + text("a") + event(error) + LAST_CHUNK);
    } else {
      peer.send(whole(500, "Oh", "<html>"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(String content) {
    return event(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"m\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
            + content
            + "\"},\"finish_reason\":null}]}");
  }

  private static String event(String data) {
    String event = "data: " + data + "\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  private static String completion(String content) {
    return "{\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx\",\"object\":\"chat.completion\","
        + "\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
        + "\"message\":{\"role\":\"assistant\",\"content\":\""
        + content.replace("\"", "\\\"")
        + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{"
        + "\"prompt_tokens\":512,\"completion_tokens\":8,\"total_tokens\":520}}";
  }

  private static String whole(int status, String reason, String body) {
    return "HTTP/1.1 "
        + status
        + " "
        + reason
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
