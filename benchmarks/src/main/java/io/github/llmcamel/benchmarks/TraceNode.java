/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.benchmarks;

import io.github.llmcamel.benchmarks.load.UnreadTelemetry;
import io.github.llmcamel.otel.context.TracedNode;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What telemetry adds to each node of a route, whether it calls a model or not: the trace of the
 * exchange is looked up and made current, as on a thread that does not have it yet.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TraceNode {

  private static final AsyncCallback IGNORED = doneSync -> {};

  @Param public CamelTracer tracer = CamelTracer.NONE;

  private final CamelContext context = new DefaultCamelContext();
  private final AsyncProcessor node = new TracedNode(exchange -> {}, totals -> Attributes.empty());

  @SuppressWarnings("NullAway.Init") // set up
  private Exchange exchange;

  /** Holds an exchange in the middle of its route, where the span of Camel's tracer is active. */
  @Setup(Level.Trial)
  public void start() throws Exception {
    OpenTelemetry openTelemetry = UnreadTelemetry.openTelemetry(Sampler.alwaysOn());
    context.getRegistry().bind("tracer", openTelemetry.getTracer("camel"));
    context.getRegistry().bind("propagators", openTelemetry.getPropagators());
    tracer.addTo(context);
    CompletableFuture<Exchange> held = new CompletableFuture<>();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:letters").process(new Hold(held));
          }
        });
    context.start();
    context
        .createProducerTemplate()
        .asyncSend(
            "direct:letters",
            begun ->
                begun
                    .getMessage()
                    .setHeader(
                        "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    exchange = held.get();
  }

  @TearDown(Level.Trial)
  public void stop() {
    context.getShutdownStrategy().setTimeout(1); // The exchange is still held.
    context.stop();
  }

  /** One node that does nothing itself. */
  @Benchmark
  public boolean node() {
    return node.process(exchange, IGNORED);
  }

  /** Who makes the spans of routes. */
  public enum CamelTracer {
    NONE,
    OPENTELEMETRY,
    OPENTELEMETRY2;

    private void addTo(CamelContext context) {
      switch (this) {
        case NONE -> {}
        case OPENTELEMETRY ->
            new org.apache.camel.opentelemetry.OpenTelemetryTracer().init(context);
        case OPENTELEMETRY2 ->
            new org.apache.camel.opentelemetry2.OpenTelemetryTracer().init(context);
      }
    }
  }

  private static final class Hold extends AsyncProcessorSupport {
    private final CompletableFuture<Exchange> held;

    private Hold(CompletableFuture<Exchange> held) {
      this.held = held;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      held.complete(exchange);
      return false;
    }
  }
}
