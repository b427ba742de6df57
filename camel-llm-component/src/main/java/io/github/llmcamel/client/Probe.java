/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.CallTexts;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.codec.WireRequest;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One question whether a server can answer. Mutable; what happens to it goes through its mailbox.
 *
 * <p>The status decides; the body only says more about a failure.
 */
final class Probe implements ReplyHandler, Flow.Subscriber<ByteBuffer> {

  private final Destination destination;
  private final CompletableFuture<Integer> result = new CompletableFuture<>();
  private final Connection connection = new Connection();
  private final Mailbox mailbox = new Mailbox();
  private FailureFacts facts;
  private @Nullable ReplyReader error;

  Probe(Destination destination) {
    this.destination = destination;
    this.facts = FailureFacts.of(destination);
  }

  CompletableFuture<Integer> send(Transport transport, Duration connectTimeout) {
    WireRequest request = Codecs.models(destination.provider().protocol()).encodeProbe(destination);
    facts = facts.at(request.uri());
    Map<String, String> headers = RequestHeaders.of(request, destination);
    HttpCall call =
        new HttpCall(request.method(), request.uri(), headers, request.body(), connectTimeout);
    CompletableFuture<Integer> unused =
        result.whenComplete((status, failure) -> mailbox.handle(this::close));
    mailbox.handle(() -> connection.sent(transport.send(call, this)));
    return result;
  }

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    mailbox.handle(
        () -> {
          facts = facts.with(status, headers, CallTexts.NONE, ReasoningTags.KEPT);
          error = facts.replyHead().isSuccess() ? null : ReplyReader.ofError(facts);
        });
    return this;
  }

  @Override
  public void onFailure(Throwable cause) {
    mailbox.handle(
        () -> {
          connection.over();
          result.completeExceptionally(facts.connectionFailure("cannot be reached", cause));
        });
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    mailbox.handle(() -> connection.opened(subscription));
  }

  @Override
  public void onNext(ByteBuffer slice) {
    mailbox.handle(() -> read(slice));
  }

  @Override
  public void onComplete() {
    mailbox.handle(
        () -> {
          connection.over();
          end();
        });
  }

  @Override
  public void onError(Throwable cause) {
    onComplete();
  }

  private void read(ByteBuffer slice) {
    if (result.isDone()) {
      return;
    }
    if (error == null) {
      if (!connection.drain(slice)) {
        end();
      }
      return;
    }
    try {
      error.accept(slice);
      connection.askForMore();
    } catch (LlmException e) {
      result.completeExceptionally(e);
    }
  }

  private void end() {
    try {
      if (error != null) {
        error.end();
      }
      result.complete(facts.replyHead().status());
    } catch (LlmException e) {
      result.completeExceptionally(e);
    }
  }

  private void close() {
    connection.close();
    if (error != null) {
      error.close();
    }
  }
}
