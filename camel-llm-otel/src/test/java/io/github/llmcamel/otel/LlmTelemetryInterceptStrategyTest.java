/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.llmcamel.otel.context.ExchangeTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node is what it is without the strategy, except for the context on its calling thread. */
class LlmTelemetryInterceptStrategyTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final Context CALLER = contextOf("b7ad6b7169203331");
  private static final Context NEARER = contextOf("00f067aa0ba902b7");

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final List<String> happened = new ArrayList<>();

  @AfterEach
  void nothingIsLeftCurrent() {
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void doesNotWaitForAnAsynchronousNode() {
    List<AsyncCallback> kept = new ArrayList<>();
    rememberTheCaller();

    boolean sync = process((unused, callback) -> !kept.add(callback));

    assertThat(sync).isFalse();
    assertThat(happened).isEmpty();
    kept.get(0).done(false);
    assertThat(happened).containsExactly("done false, current 0000000000000000");
  }

  @Test
  void leavesACompletionOnAnotherThreadToThatThread() {
    rememberTheCaller();

    process(
        (unused, callback) -> {
          CompletableFuture.runAsync(() -> callback.done(true)).join();
          happened.add("node returns");
          return false;
        });

    assertThat(happened).containsExactly("done true, current 0000000000000000", "node returns");
  }

  @Test
  void runsTheNodeInTheContextOfItsExchange() {
    rememberTheCaller();
    List<Context> seen = new ArrayList<>();

    process((unused, callback) -> seen.add(Context.current()));

    assertThat(seen).containsExactly(CALLER);
  }

  @Test
  void leavesASpanOfTheSameTraceCurrent() {
    rememberTheCaller();
    List<Context> seen = new ArrayList<>();

    Runnable node = () -> process((unused, callback) -> seen.add(Context.current()));
    NEARER.wrap(node).run();

    assertThat(seen).containsExactly(NEARER);
  }

  @Test
  void makesNothingCurrentAsLongAsNothingIsKnown() {
    List<Context> seen = new ArrayList<>();

    process((unused, callback) -> seen.add(Context.current()));

    assertThat(seen).containsExactly(Context.root());
    assertThat(exchange.getProperty(ExchangeTrace.PROPERTY)).isNotNull();
  }

  @Test
  void reportsDoneLastAndOutsideOfItsScope() {
    rememberTheCaller();

    boolean sync =
        process(
            (unused, callback) -> {
              callback.done(true);
              happened.add("node returns");
              return true;
            });

    assertThat(sync).isTrue();
    assertThat(happened).containsExactly("node returns", "done true, current 0000000000000000");
  }

  @Test
  void reportsDoneLastAlsoIfItIsAsynchronousOnTheSameThread() {
    rememberTheCaller();

    boolean sync =
        process(
            (unused, callback) -> {
              callback.done(false);
              happened.add("node returns");
              return false;
            });

    assertThat(sync).isFalse();
    assertThat(happened).containsExactly("node returns", "done false, current 0000000000000000");
  }

  @Test
  void closesItsScopeAlsoIfTheNodeLeavesOneOpen() {
    rememberTheCaller();

    process((unused, callback) -> ContextStorage.get().attach(NEARER) == null);

    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void leavesTheExceptionOfTheExchangeAlone() {
    Exception failure = new IllegalStateException("no");
    rememberTheCaller();

    process(
        (failing, callback) -> {
          failing.setException(failure);
          callback.done(true);
          return true;
        });

    assertThat(exchange.getException()).isSameAs(failure);
    assertThat(happened).hasSize(1);
  }

  @Test
  void throwsWhatTheNodeThrowsAndReportsNothing() {
    IllegalStateException failure = new IllegalStateException("no");
    rememberTheCaller();

    assertThatThrownBy(
            () ->
                process(
                    (unused, callback) -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(exchange.getException()).isNull();
    assertThat(happened).isEmpty();
  }

  private void rememberTheCaller() {
    Runnable firstLook = () -> ExchangeTrace.of(exchange);
    CALLER.wrap(firstLook).run();
  }

  /** Whether the node was done when it returned. */
  private boolean process(BiPredicate<Exchange, AsyncCallback> node) {
    AsyncProcessor target =
        new AsyncProcessorSupport() {
          @Override
          public boolean process(Exchange processed, AsyncCallback callback) {
            return node.test(processed, callback);
          }
        };
    return ((AsyncProcessor)
            new LlmTelemetryInterceptStrategy()
                .wrapProcessorInInterceptors(
                    exchange.getContext(), new ToDefinition("mock:x"), target, null))
        .process(
            exchange,
            doneSync ->
                happened.add(
                    "done %s, current %s"
                        .formatted(doneSync, Span.current().getSpanContext().getSpanId())));
  }

  private static Context contextOf(String spanId) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.create(
                    TRACE_ID, spanId, TraceFlags.getSampled(), TraceState.getDefault())));
  }
}
