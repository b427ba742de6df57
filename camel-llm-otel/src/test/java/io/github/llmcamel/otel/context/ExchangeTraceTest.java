/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.tracing.ActiveSpanManager;
import org.apache.camel.tracing.SpanAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTraceTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final Context CALLER = contextOf("b7ad6b7169203331");
  private static final Context FIRST = contextOf("00f067aa0ba902b7");
  private static final Context SECOND = contextOf("53995c3f42cd8ad8");
  private static final String NAMED = "6e0c63257de34c92";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE_ID, NAMED);

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void callsAreBelowTheContextThatWasCurrentAtTheFirstLook() {
    firstLookWithin(CALLER);

    assertThat(parentOfNextCall()).isSameAs(CALLER);
    assertThat(parentOfNextCall()).isSameAs(CALLER);
  }

  @Test
  void aContextWithoutASpanIsNoParent() {
    firstLookWithin(Context.root().with(Baggage.builder().put("a", "b").build()));

    assertThat(parentOfNextCall()).isSameAs(Context.root());
  }

  @Test
  void aContextThatCamelLeftBehindIsNoParent() {
    firstLookWithin(CALLER.with(Baggage.builder().put("camelScope", "true").build()));

    assertThat(parentOfNextCall()).isSameAs(Context.root());
  }

  @Test
  void theCurrentContextCountsMoreThanTheHeader() {
    exchange.getMessage().setHeader("traceparent", TRACEPARENT);
    firstLookWithin(CALLER);

    assertThat(parentOfNextCall()).isSameAs(CALLER);
  }

  @Test
  void callsAreBelowTheSpanThatTheHeadersNameAsTextOrBytes() {
    for (Object header : List.of(TRACEPARENT, TRACEPARENT.getBytes(StandardCharsets.US_ASCII))) {
      exchange.removeProperty(ExchangeTrace.PROPERTY);
      exchange.getMessage().setHeader("traceparent", header);
      exchange.getMessage().setHeader("tracestate", "vendor=x");

      SpanContext parent = Span.fromContext(parentOfNextCall()).getSpanContext();
      assertThat(parent.getTraceId()).isEqualTo(TRACE_ID);
      assertThat(parent.getSpanId()).isEqualTo(NAMED);
      assertThat(parent.isRemote()).isTrue();
      assertThat(parent.getTraceState().get("vendor")).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00-1-2-01", "00-00000000000000000000000000000000-6e0c63257de34c92-01"})
  void aMalformedHeaderIsNoParent(String header) {
    exchange.getMessage().setHeader("traceparent", header);

    assertThat(parentOfNextCall()).isSameAs(Context.root());
  }

  @Test
  void aHeaderOfAnotherTypeIsNoParent() {
    exchange.getMessage().setHeader("traceparent", List.of(TRACEPARENT));

    assertThat(parentOfNextCall()).isSameAs(Context.root());
  }

  @Test
  void theFirstCallStartsTheTraceOfTheExchangeAndItsCopies() {
    ExchangeTrace.of(exchange);
    Exchange copy = exchange.copy();

    assertThat(ExchangeTrace.of(copy).start(parent -> FIRST)).isSameAs(FIRST);
    assertThat(spanOf(parentOfNextCall())).isEqualTo(spanOf(FIRST));
  }

  @Test
  void ofTheFirstCallOnlyTheIdsAreKept() {
    ExchangeTrace.of(exchange).start(parent -> FIRST.with(Baggage.builder().put("a", "b").build()));

    assertThat(Baggage.fromContext(parentOfNextCall())).isEqualTo(Baggage.empty());
    assertThat(Span.fromContext(parentOfNextCall())).isNotSameAs(Span.fromContext(FIRST));
  }

  @Test
  void aCallThatCouldNotStartIsNotTheFirst() {
    assertThatThrownBy(
            () ->
                ExchangeTrace.of(exchange)
                    .start(
                        parent -> {
                          throw new IllegalStateException("no span");
                        }))
        .hasMessage("no span");

    assertThat(parentOfNextCall()).isSameAs(Context.root());
  }

  @Test
  void ofTwoCallsThatStartAtOnceTheSecondJoinsTheTraceOfTheFirst() throws Exception {
    ExchangeTrace trace = ExchangeTrace.of(exchange);
    CountDownLatch starting = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Context> parent = new AtomicReference<>();
    Thread first = new Thread(() -> trace.start(root -> waitedFor(started, starting)));
    Thread second = new Thread(() -> trace.start(known -> remember(parent, known)));

    first.start();
    starting.await();
    second.start();
    await().until(() -> second.getState() == Thread.State.BLOCKED);
    started.countDown();
    first.join();
    second.join();

    assertThat(spanOf(requireNonNull(parent.get()))).isEqualTo(spanOf(FIRST));
  }

  @Test
  void laterCallsDoNotWaitForEachOther() {
    ExchangeTrace trace = ExchangeTrace.of(exchange);
    trace.start(parent -> FIRST);
    CyclicBarrier both = new CyclicBarrier(2);

    CompletableFuture<Context> other =
        CompletableFuture.supplyAsync(() -> trace.start(parent -> meet(both)));
    trace.start(parent -> meet(both));

    assertThat(other.join()).isSameAs(SECOND);
  }

  @Test
  void theSpanThatCamelHasActiveCountsMoreThanWhatIsRemembered() {
    firstLookWithin(CALLER);
    ActiveSpanManager.activate(exchange, camelSpan(SECOND, "53995c3f42cd8ad8"));

    assertThat(spanOf(parentOfNextCall())).isEqualTo(spanOf(SECOND));
    ActiveSpanManager.deactivate(exchange);
    assertThat(parentOfNextCall()).isSameAs(CALLER);
  }

  @Test
  void aSpanOfCamelThatIsNoneOfOpenTelemetryIsNoParent() {
    firstLookWithin(CALLER);
    ActiveSpanManager.activate(exchange, camelSpan(Context.root(), "17"));

    assertThat(parentOfNextCall()).isSameAs(CALLER);
  }

  private void firstLookWithin(Context context) {
    Runnable firstLook = () -> ExchangeTrace.of(exchange);
    context.wrap(firstLook).run();
  }

  private Context parentOfNextCall() {
    AtomicReference<Context> parent = new AtomicReference<>();
    ExchangeTrace.of(exchange).start(known -> remember(parent, known));
    return requireNonNull(parent.get());
  }

  private static Context remember(AtomicReference<Context> parent, Context known) {
    parent.set(known);
    return SECOND;
  }

  private static Context waitedFor(CountDownLatch started, CountDownLatch starting) {
    starting.countDown();
    try {
      started.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return FIRST;
  }

  private static Context meet(CyclicBarrier both) {
    try {
      both.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return SECOND;
  }

  private static SpanAdapter camelSpan(Context context, String id) {
    return (SpanAdapter)
        Proxy.newProxyInstance(
            ExchangeTraceTest.class.getClassLoader(),
            new Class<?>[] {SpanAdapter.class},
            (self, method, arguments) ->
                method.getName().equals("makeCurrent") ? ContextStorage.get().attach(context) : id);
  }

  private static SpanContext spanOf(Context context) {
    return Span.fromContext(context).getSpanContext();
  }

  private static Context contextOf(String spanId) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.create(
                    TRACE_ID, spanId, TraceFlags.getSampled(), TraceState.getDefault())));
  }
}
