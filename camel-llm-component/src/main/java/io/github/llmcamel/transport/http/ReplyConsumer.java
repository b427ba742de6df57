/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.transport.http;

import io.github.llmcamel.transport.ReplyHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Passes one reply on to a {@link ReplyHandler}. Confined to one exchange; the client calls it from
 * one thread at a time, failures may come from any thread, and exactly one end is passed on.
 */
final class ReplyConsumer implements AsyncResponseConsumer<@Nullable Void> {

  private final ReplyHandler handler;
  private final Consumer<ReplyConsumer> whenEnded;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable BodyCredit body;
  private @Nullable FutureCallback<@Nullable Void> result;

  /**
   * @param whenEnded hears that the exchange has ended, right before the handler does
   */
  ReplyConsumer(ReplyHandler handler, Consumer<ReplyConsumer> whenEnded) {
    this.handler = handler;
    this.whenEnded = whenEnded;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<@Nullable Void> resultCallback)
      throws ProxyRefusal {
    if (ExchangeConnection.isAnsweredByProxy(response.getCode(), context)) {
      throw new ProxyRefusal(response.getCode());
    }
    result = resultCallback;
    Flow.Subscriber<ByteBuffer> subscriber =
        handler.onHead(response.getCode(), headers(response.getHeaders()));
    BodyCredit credit = new BodyCredit(subscriber);
    body = credit;
    subscriber.onSubscribe(credit);
    if (entity == null) {
      complete();
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    BodyCredit credit = body;
    if (credit != null) {
      credit.channel(channel);
    }
  }

  @Override
  public void consume(ByteBuffer slice) throws IOException {
    BodyCredit credit = body;
    if (credit != null && !ended.get()) {
      credit.deliver(slice);
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    complete();
  }

  @Override
  public void failed(Exception cause) {
    if (ended.compareAndSet(false, true)) {
      whenEnded.accept(this);
      BodyCredit credit = body;
      Exception shown = UnreadableBytes.unquoted(cause);
      if (credit == null) {
        handler.onFailure(shown);
      } else {
        credit.fail(shown);
      }
    }
  }

  @Override
  public void releaseResources() {}

  private void complete() {
    if (ended.compareAndSet(false, true)) {
      whenEnded.accept(this);
      BodyCredit credit = body;
      if (credit != null) {
        credit.complete();
      }
      if (result != null) {
        result.completed(null);
      }
    }
  }

  private static Map<String, List<String>> headers(Header[] received) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : received) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), unused -> new ArrayList<>(1))
          .add(header.getValue());
    }
    return headers;
  }
}
