/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.error.LlmServerException;
import io.github.llmcamel.otel.genai.GenAiAttributes;
import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.OwnThread;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ValueBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each attempt is a span; all but the first say which one it is. */
class RedeliveryTest {

  private static final String LLM = "llm:simulator?model=demo";
  private static final String FAULTY = LLM + "${exchangeProperty.fault}";

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
    telemetry.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachAttemptButTheFirstIsNumbered(boolean asynchronous) throws Exception {
    run(
        routes -> {
          OnExceptionDefinition policy = redeliver(routes, 2);
          if (asynchronous) {
            policy.asyncDelayedRedelivery();
          }
          routes.from("direct:start").setProperty("fault", failing(routes)).toD(FAULTY);
        });

    assertThat(counters()).isEqualTo("- 1 2");
  }

  @ParameterizedTest
  @MethodSource("io.github.llmcamel.otel.testkit.CamelTracer#any")
  void attemptsAreNumberedBesideATracerOfCamelToo(CamelTracer tracer) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    RouteBuilder.addRoutes(
        context,
        routes -> {
          redeliver(routes, 2);
          routes.from("direct:start").setProperty("fault", failing(routes)).toD(FAULTY);
        });
    context.start();

    OwnThread.run(() -> context.createProducerTemplate().requestBody("direct:start", "Hi?"));

    assertThat(counters()).isEqualTo("- 1 2");
  }

  @Test
  void whatFollowsAnAttemptThatSucceededIsAFirstAttempt() throws Exception {
    run(
        routes -> {
          redeliver(routes, 2);
          routes
              .from("direct:start")
              .setProperty("fault", failing(routes))
              .loop(2)
              .toD(FAULTY)
              .end()
              .to(LLM);
        });

    assertThat(counters()).isEqualTo("- 1 2 - -");
  }

  @Test
  void allCallsOfARouteThatIsTriedAgainAreNumbered() throws Exception {
    run(
        routes -> {
          redeliver(routes, 1);
          routes
              .from("direct:start")
              .setProperty("fault", failing(routes))
              .to("direct:sub")
              .to(LLM);
          routes.from("direct:sub").errorHandler(routes.noErrorHandler()).to(LLM).toD(FAULTY);
        });

    assertThat(counters()).isEqualTo("- - 1 1 -");
  }

  @Test
  void whatIsDoneAboutAFailureIsNoAttempt() throws Exception {
    run(
        routes -> {
          redeliver(routes, 1).handled(true).to(LLM);
          routes.from("direct:start").to(LLM + "&extra.fail=500");
        });

    assertThat(counters()).isEqualTo("- 1 -");
  }

  @Test
  void whatIsContinuedAndTriedAgainIsNumberedAnew() throws Exception {
    run(
        routes -> {
          redeliver(routes, 1).continued(true);
          routes.from("direct:start").to(LLM + "&extra.fail=500").to(LLM + "&extra.fail=500");
        });

    assertThat(counters()).isEqualTo("- 1 - 1");
  }

  /** Repaired by the last redelivery. */
  private static OnExceptionDefinition redeliver(RouteBuilder routes, int times) {
    return routes
        .onException(LlmServerException.class)
        .maximumRedeliveries(times)
        .redeliveryDelay(1)
        .onRedelivery(
            exchange -> {
              if (Objects.equals(
                  exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER), times)) {
                exchange.setProperty("fault", "");
              }
            });
  }

  private static ValueBuilder failing(RouteBuilder routes) {
    return routes.constant("&extra.fail=500");
  }

  private void run(Consumer<RouteBuilder> routes) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    RouteBuilder.addRoutes(context, routes::accept);
    context.start();
    context.createProducerTemplate().requestBody("direct:start", "Hi?");
  }

  private String counters() {
    List<SpanData> spans =
        telemetry.spans().stream()
            .filter(span -> span.getName().equals("chat demo"))
            .sorted(Comparator.comparing(SpanData::getStartEpochNanos))
            .toList();
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
    return spans.stream()
        .map(span -> span.getAttributes().get(GenAiAttributes.CAMEL_REDELIVERY_COUNTER))
        .map(counter -> String.valueOf(requireNonNullElse(counter, "-")))
        .collect(Collectors.joining(" "));
  }
}
