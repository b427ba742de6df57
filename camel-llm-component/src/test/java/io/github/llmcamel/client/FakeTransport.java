/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.client;

import io.github.llmcamel.transport.HttpCall;
import io.github.llmcamel.transport.ReplyHandler;
import io.github.llmcamel.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Lets a test play the server, on the test's own thread. */
final class FakeTransport implements Transport {

  @Nullable HttpCall call;
  long requested;
  boolean cancelled;
  boolean closed;
  private @Nullable ReplyHandler handler;
  private Flow.@Nullable Subscriber<ByteBuffer> body;

  @Override
  public Cancellable send(HttpCall sent, ReplyHandler replyHandler) {
    call = sent;
    handler = replyHandler;
    return () -> cancelled = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  HttpCall call() {
    return Objects.requireNonNull(call);
  }

  String requestBody() {
    return new String(call().body(), StandardCharsets.UTF_8);
  }

  void head(int status, Map<String, List<String>> headers) {
    body = Objects.requireNonNull(handler).onHead(status, headers);
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            requested += n;
          }

          @Override
          public void cancel() {}
        });
  }

  void head(int status) {
    head(status, Map.of("content-type", List.of("text/event-stream")));
  }

  void slice(String text) {
    slice(text.getBytes(StandardCharsets.UTF_8));
  }

  void slice(byte[] bytes) {
    Objects.requireNonNull(body).onNext(ByteBuffer.wrap(bytes));
  }

  void end() {
    Objects.requireNonNull(body).onComplete();
  }

  void breakOff(Throwable cause) {
    Objects.requireNonNull(body).onError(cause);
  }

  void refuse(Throwable cause) {
    Objects.requireNonNull(handler).onFailure(cause);
  }
}
