/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.junit.jupiter.api.Test;

class OtelParentTest {

  private static final Context WITH_SPAN =
      Context.root()
          .with(
              Span.wrap(
                  SpanContext.create(
                      "0af7651916cd43dd8448eb211c80319c",
                      "b7ad6b7169203331",
                      TraceFlags.getSampled(),
                      TraceState.getDefault())));

  @Test
  void isTheCurrentContextIfItHoldsASpan() {
    assertThat(parentWithin(WITH_SPAN)).isSameAs(WITH_SPAN);
  }

  @Test
  void isTheRootWithoutASpan() {
    Context onlyBaggage = Context.root().with(Baggage.builder().put("a", "b").build());

    assertThat(parentWithin(Context.root())).isSameAs(Context.root());
    assertThat(parentWithin(onlyBaggage)).isSameAs(Context.root());
  }

  @Test
  void isTheRootIfCamelLeftItsSpanBehind() {
    Context left = WITH_SPAN.with(Baggage.builder().put("camelScope", "true").build());

    assertThat(parentWithin(left)).isSameAs(Context.root());
  }

  private static Context parentWithin(Context context) {
    return context.wrapSupplier(OtelParent::current).get();
  }
}
