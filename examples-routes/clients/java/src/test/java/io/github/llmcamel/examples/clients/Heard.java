/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.clients;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What LangChain4j says of a stream, which may be cancelled after some texts of it. */
final class Heard implements StreamingChatResponseHandler {

  private final int cancelAfter;
  private final Deltas deltas = new Deltas();
  private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

  Heard(int cancelAfter) {
    this.cancelAfter = cancelAfter;
  }

  @Override
  public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
    deltas.add(partial.text());
    if (deltas.count() == cancelAfter) {
      context.streamingHandle().cancel();
      answer.cancel(false);
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    answer.completeExceptionally(error);
  }

  Deltas deltas() {
    return deltas;
  }

  /** How it ends: with an answer, an error, or cancelled. */
  CompletableFuture<ChatResponse> end() {
    return answer.orTimeout(1, TimeUnit.MINUTES);
  }
}
