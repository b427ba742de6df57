/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * What is answered under which path: {@code /whole}, {@code /stream-<events>-<millis between>}, and
 * {@code /faults}, which breaks some answers at random places.
 */
final class Scripts {

  private static final long SEED = 42;
  private static final int FAULTS = 10;

  private static final String COMPLETION =
      "{\"id\":\"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWx\",\"object\":\"chat.completion\","
          + "\"created\":1760000000,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"The customer wants a new invoice.\","
          + "\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{"
          + "\"prompt_tokens\":512,\"completion_tokens\":8,\"total_tokens\":520}}";
  private static final String FINISH =
      "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final String STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String LAST_CHUNK = "0\r\n\r\n";
  private static final byte[] WHOLE =
      whole(200, "OK", COMPLETION).getBytes(StandardCharsets.US_ASCII);

  private final LoopbackServer server;
  private final Random random = new Random(SEED);

  Scripts(LoopbackServer server) {
    this.server = server;
  }

  void answer(String path, Peer peer) {
    String script = path.substring(1, path.indexOf('/', 1));
    String[] words = script.split("-");
    switch (words[0]) {
      case "whole" -> peer.send(WHOLE);
      case "stream" -> stream(peer, Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "faults" -> fault(peer, random.nextInt(FAULTS));
      default -> peer.send(whole(404, "Not Found", "{\"error\":\"no such script\"}"));
    }
  }

  private void stream(Peer peer, int events, long millis) {
    peer.send(STREAM_HEAD);
    if (millis == 0) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < events; i++) {
        all.append(text(" word"));
      }
      peer.send(all + event(FINISH) + event("[DONE]") + LAST_CHUNK);
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
      peer.send(event(FINISH) + event("[DONE]") + LAST_CHUNK);
      return;
    }
    // The reader of this clock is on the same machine.
    peer.send(text(" " + System.nanoTime()));
    server.after(millis, () -> next(peer, left - 1, millis));
  }

  private void fault(Peer peer, int kind) {
    switch (kind) {
      case 0 -> peer.reset();
      case 1 -> peer.close();
      case 2 -> peer.send(whole(429, "Too Many Requests", "{\"error\":{\"message\":\"slow\"}}"));
      case 3 -> peer.send(whole(500, "Oh", "<html>"));
      case 4 -> peer.send(WHOLE);
      case 5 -> slowly(peer, STREAM_HEAD + text("a"), 0);
      default -> broken(peer, kind);
    }
  }

  /** Sends the beginning of an answer and then breaks, ends, reports an error, or completes. */
  private void broken(Peer peer, int kind) {
    String answer = STREAM_HEAD + text("a") + text("b") + event(FINISH) + event("[DONE]");
    switch (kind) {
      case 6 -> {
        peer.send(answer.substring(0, random.nextInt(answer.length())));
        server.after(random.nextInt(5), peer::reset);
      }
      case 7 -> {
        peer.send(answer.substring(0, random.nextInt(answer.length())));
        peer.close();
      }
      case 8 ->
          peer.send(
              STREAM_HEAD
                  + text("a")
                  + event("{\"error\":{\"message\":\"boom\",\"code\":500}}")
                  + LAST_CHUNK);
      default -> peer.send(answer + LAST_CHUNK);
    }
  }

  /** One byte at a time, and never to the end: the client has to give up. */
  private void slowly(Peer peer, String text, int from) {
    if (peer.isOpen() && from < text.length()) {
      peer.send(text.substring(from, from + 1));
      server.after(20, () -> slowly(peer, text, from + 1));
    }
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
