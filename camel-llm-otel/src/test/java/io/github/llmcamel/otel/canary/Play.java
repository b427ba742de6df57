/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.Mode;
import io.github.llmcamel.testkit.ScriptedLlmServer;
import io.github.llmcamel.testkit.ScriptedLlmServer.Peer;

/** One call, as its server sees it. */
record Play(Mode mode, ScriptedLlmServer server) {

  /** Waits for the request, which shows everything to its server. */
  Peer accept() {
    Peer peer = server.accept();
    assertThat(Canary.found(peer.headers() + peer.body())).hasSize(10);
    return peer;
  }

  /** Waits for a connection, and reads nothing. */
  Peer acceptSilently() {
    return server.acceptSilently();
  }

  /** Waits for the request, and begins to reply. */
  Peer begin() {
    Peer peer = accept();
    peer.sendHead(200, mode.contentType());
    return peer;
  }

  /** Begins to reply, and says something. */
  Peer beginAnswer() {
    Peer peer = begin();
    peer.sendChunk(Bodies.beginning(mode));
    return peer;
  }

  void answer(String message, String finish) {
    begin().sendToTheEnd(Bodies.answer(mode, message, finish));
  }

  void reply(int status, String text) {
    accept().reply(status, "application/json", text);
  }
}
