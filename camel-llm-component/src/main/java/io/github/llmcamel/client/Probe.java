/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.codec.ErrorReader;
import io.github.llmcamel.codec.ReplyHead;
import io.github.llmcamel.codec.WireRequest;
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

/**
 * One question whether a server can answer. Mutable; what happens to it goes through its mailbox.
 *
 * <p>The status decides; the body only says more about a failure.
 */
final class Probe implements ReplyHandler, Flow.Subscriber<ByteBuffer> {

  private static final int LONGEST_BODY = 64 * 1024;

  private final Destination destination;
  private final CompletableFuture<Integer> result = new CompletableFuture<>();
  private final BoundedBody body = new BoundedBody(LONGEST_BODY);
  private final Connection connection = new Connection();
  private final Mailbox mailbox = new Mailbox();
  private FailureFacts facts;

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
        result.whenComplete((status, failure) -> mailbox.handle(connection::close));
    mailbox.handle(() -> connection.sent(transport.send(call, this)));
    return result;
  }

  @Override
  public Flow.Subscriber<ByteBuffer> onHead(int status, Map<String, List<String>> headers) {
    mailbox.handle(() -> facts = facts.with(status, headers, Reading.DEFAULT));
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
    mailbox.handle(
        () -> {
          if (body.add(slice)) {
            connection.askForMore();
          } else {
            end();
          }
        });
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

  private void end() {
    ReplyHead head = facts.replyHead();
    if (head.status() >= 200 && head.status() < 300) {
      result.complete(head.status());
    } else {
      result.completeExceptionally(ErrorReader.ofStatus(head, body.toByteArray()));
    }
  }
}
