/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.distribute;

import io.github.llmcamel.examples.stages.Continuation;
import io.github.llmcamel.examples.stages.DocumentStages;
import io.github.llmcamel.examples.stages.PipelineVersion;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are sent and not answered. Thread-safe.
 *
 * <p>A step of the route that sends them: an exchange whose document is sent waits here for its
 * result, and occupies no thread meanwhile. So what limits exchanges limits documents as well.
 */
public final class Outstanding extends AsyncProcessorSupport {

  /** Some brokers put aside what workers could not work on: nobody answers then. */
  private static final String PATIENCE = "{{distribute.answer-within:24h}}";

  private final String sender;
  private final Executor pool;
  private final Map<Key, CompletableFuture<Object>> results = new ConcurrentHashMap<>();

  private record Key(String document, @Nullable String content, String pipeline) {}

  /**
   * @param sender who waits for the results; the same in the next run
   * @param pool on which exchanges go on
   */
  public Outstanding(String sender, Executor pool) {
    this.sender = sender;
    this.pool = pool;
  }

  /** A step before the document is sent: its result may be here before the sending has ended. */
  public void announce(Exchange exchange) {
    DocumentStages document = document(exchange);
    Key key = key(exchange);
    CompletableFuture<Object> result =
        results.computeIfAbsent(key, unknown -> new CompletableFuture<>());
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                results.remove(key, result);
              }
            });
    Message message = exchange.getMessage();
    message.setHeader(MessageHeaders.DOCUMENT, document.document());
    message.setHeader(MessageHeaders.CONTENT, document.contentHash());
    message.setHeader(MessageHeaders.PIPELINE, key.pipeline());
    message.setHeader(MessageHeaders.SENDER, sender);
    message.setHeader(MessageHeaders.KAFKA_KEY, document.document());
    message.setHeader(MessageHeaders.JMS_GROUP, document.document());
  }

  /**
   * The step after the document is sent: its result becomes the body. Fails with an {@link
   * UnansweredException} if none comes in time.
   */
  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    CompletableFuture<Object> result = results.get(key(exchange));
    if (result == null) {
      exchange.setException(new IllegalStateException("The document was not announced."));
      callback.done(true);
      return true;
    }
    exchange.getMessage().setBody(null); // The text may be long, and so may the wait.
    return Continuation.await(
        inTime(result, exchange.getContext().resolvePropertyPlaceholders(PATIENCE)),
        pool,
        exchange,
        callback,
        body -> exchange.getMessage().setBody(body));
  }

  private static CompletableFuture<Object> inTime(CompletableFuture<Object> result, String time) {
    return result
        .orTimeout(TimeUtils.toMilliSeconds(time), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? new UnansweredException(time) : failure));
  }

  /** Whether a result is for this sender. */
  public boolean isAddressee(Message message) {
    return sender.equals(message.getHeader(MessageHeaders.SENDER, String.class));
  }

  /**
   * A result has come. Only the first one counts, and only if it is of what was sent. Who waits for
   * one that a worker has refused fails with an {@link OtherPipelineException}.
   *
   * @return whether anyone has waited for it
   */
  public boolean accept(Message message) {
    Key key =
        new Key(
            message.getHeader(MessageHeaders.DOCUMENT, "", String.class),
            message.getHeader(MessageHeaders.CONTENT, String.class),
            message.getHeader(MessageHeaders.PIPELINE, "", String.class));
    CompletableFuture<Object> result = results.get(key);
    if (result == null) {
      return false;
    }
    String refusedBy = message.getHeader(MessageHeaders.REFUSED_BY, String.class);
    return refusedBy == null
        ? result.complete(message.getBody())
        : result.completeExceptionally(new OtherPipelineException(key.pipeline(), refusedBy));
  }

  /** Who still waits is let go, with a {@link java.util.concurrent.CancellationException}. */
  @Override
  protected void doStop() {
    results.values().forEach(result -> result.cancel(false));
  }

  private static Key key(Exchange exchange) {
    DocumentStages document = document(exchange);
    return new Key(
        document.document(),
        document.contentHash(),
        PipelineVersion.of(exchange.getContext()).text());
  }

  private static DocumentStages document(Exchange exchange) {
    return Objects.requireNonNull(DocumentStages.of(exchange), "no document");
  }
}
