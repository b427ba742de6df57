/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.llmcamel.component.LlmConstants;
import io.github.llmcamel.otel.genai.GenAiAttributes;
import io.github.llmcamel.otel.testkit.CamelTracer;
import io.github.llmcamel.otel.testkit.InMemoryTelemetry;
import io.github.llmcamel.otel.testkit.VisibleContexts;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Thousands of exchanges on the same threads, and none meets the trace of another. */
class NoLeakTest {

  private static final long SEED = 20_261_125;
  private static final int ROUTES = 200;
  private static final int EXCHANGES_PER_ROUTE = 5;

  private final InMemoryTelemetry telemetry = new InMemoryTelemetry();
  private final VisibleContexts contexts = new VisibleContexts();
  private final CamelContext context = new DefaultCamelContext();
  private final ExecutorService senders =
      Executors.newFixedThreadPool(4, run -> new Thread(run, "sender"));
  private final ExecutorService threads =
      Executors.newCachedThreadPool(run -> new Thread(run, "shared"));
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, run -> new Thread(run, "timer"));

  @AfterEach
  void stop() {
    senders.shutdownNow();
    context.stop();
    threads.shutdownNow();
    timer.shutdownNow();
    telemetry.close();
    contexts.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachExchangeHasOneTraceOfItsOwn(CamelTracer tracer) throws Exception {
    context.getRegistry().bind("openTelemetry", telemetry.openTelemetry());
    tracer.addTo(context);
    RandomRoutes routes = new RandomRoutes(SEED, ROUTES, threads, timer);
    context.addRoutes(routes);
    context.start();

    int calls = sendAll(routes.routes());

    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(chats()).hasSize(calls));
    Map<String, Set<String>> tracesOfExchanges =
        chats().stream()
            .collect(groupingBy(NoLeakTest::exchange, mapping(SpanData::getTraceId, toSet())));
    assertThat(tracesOfExchanges).hasSize(ROUTES * EXCHANGES_PER_ROUTE);
    assertThat(tracesOfExchanges.values()).allSatisfy(traces -> assertThat(traces).hasSize(1));
    assertThat(tracesOfExchanges.values()).doesNotHaveDuplicates();
    everyParentIsInTheSameTrace();
    await().untilAsserted(() -> assertThat(threadsWithContext(tracer)).isEmpty());
  }

  /** Returns how many calls they make, some of them after the answer. */
  private int sendAll(List<RandomRoutes.Route> routes) {
    ProducerTemplate template = context.createProducerTemplate();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (RandomRoutes.Route route : routes) {
      IntStream.range(0, EXCHANGES_PER_ROUTE)
          .mapToObj(number -> route.uri() + " " + number)
          .forEach(
              id ->
                  sent.add(
                      CompletableFuture.runAsync(
                          () ->
                              template.requestBodyAndHeader(
                                  route.uri(), "Hi?", LlmConstants.CONVERSATION_ID, id),
                          senders)));
    }
    sent.forEach(CompletableFuture::join);
    return EXCHANGES_PER_ROUTE * routes.stream().mapToInt(RandomRoutes.Route::calls).sum();
  }

  private void everyParentIsInTheSameTrace() {
    Set<String> known =
        telemetry.spans().stream()
            .map(span -> span.getTraceId() + span.getSpanId())
            .collect(toSet());
    assertThat(chats())
        .filteredOn(span -> span.getParentSpanContext().isValid())
        .allSatisfy(span -> assertThat(known).contains(span.getTraceId() + span.getParentSpanId()));
  }

  /** Camel's tracers leave contexts on the threads of routes, but not on those of others. */
  private Set<String> threadsWithContext(CamelTracer tracer) {
    return contexts.threads().stream()
        .filter(name -> tracer == CamelTracer.NONE || name.equals("sender"))
        .collect(toSet());
  }

  private List<SpanData> chats() {
    return telemetry.spans().stream().filter(span -> span.getName().equals("chat demo")).toList();
  }

  private static String exchange(SpanData span) {
    return String.valueOf(span.getAttributes().get(GenAiAttributes.CONVERSATION_ID));
  }
}
