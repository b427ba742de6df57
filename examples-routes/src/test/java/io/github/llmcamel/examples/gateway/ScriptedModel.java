/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway;

import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A model server that says each word when the test tells it to. */
final class ScriptedModel implements AutoCloseable {

  private final ScriptedLlmServer server = ScriptedLlmServer.start();

  /** The URI of the component that asks it. */
  String target() {
    return "llm:openai?baseUrl=%s/v1&apiKey=none".formatted(server.url());
  }

  /** Waits for the next request. */
  Answer next() {
    return new Answer(server.accept());
  }

  /** Whether nobody has come who was not let in. */
  boolean isUnvisited() {
    return server.isUnvisited();
  }

  @Override
  public void close() {
    server.close();
  }

  /** The answer to one request, on a connection of its own. */
  record Answer(Peer peer) {

    /** Sends status and headers of a stream. */
    Answer begin() {
      peer.send(
          String.join(
              "\r\n",
              "HTTP/1.1 200 OK",
              "Content-Type: text/event-stream",
              "Connection: close",
              "Transfer-Encoding: chunked",
              "",
              ""));
      return this;
    }

    Answer say(String text) {
      return event(
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}"
                  .formatted(text));
    }

    Answer event(String data) {
      peer.sendChunk("data: %s\n\n".formatted(data));
      return this;
    }

    /** Ends a stream in order. */
    void finish() {
      event(
          "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      peer.sendToTheEnd("data: [DONE]\n\n");
    }

    /** Sends an answer in one piece. */
    void whole(String text) {
      String json =
          "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
              + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                  .formatted(text);
      reply(200, json);
    }

    /** Sends a status that means failure. */
    void refuse(int status, String json) {
      reply(status, json);
    }

    private void reply(int status, String json) {
      peer.send(
          ("HTTP/1.1 %d Scripted\r\nContent-Type: application/json\r\nConnection: close\r\n"
                  + "Content-Length: %d\r\n\r\n%s")
              .formatted(status, json.getBytes(StandardCharsets.UTF_8).length, json));
    }

    /** Breaks off in the middle. */
    void breakOff() {
      peer.reset();
    }

    /**
     * Says as much as is taken, until the connection ends.
     *
     * @return how many characters were taken
     */
    long sayOn(String text) {
      long taken = 0;
      try {
        while (true) {
          say(text);
          taken += text.length();
        }
      } catch (UncheckedIOException closed) {
        return taken;
      }
    }

    /** Waits until nobody listens any more. */
    void awaitClosed() {
      peer.awaitClosed();
    }
  }
}
