/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.testkit.Mode;
import io.opentelemetry.api.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Nothing that is asked or answered and no credential is in anything that is exported, logged,
 * thrown or shown, however calls end.
 */
class NoContentLeavesTest {

  @ParameterizedTest
  @ValueSource(strings = {"seed", "strict"})
  @DisplayName("46. Unless it is asked for, no content is in anything that leaves")
  void inNoSignalOfNoEnding(String semconv) throws Exception {
    List<Ending> endings = new ArrayList<>(Endings.all());
    endings.add(Endings.STOPPED);
    try (CanaryRun run = new CanaryRun()) {
      run.start(endings, Map.of("camel.llm-otel.semconv", semconv));
      List<CompletableFuture<Exchange>> stopped = new ArrayList<>();
      for (Mode mode : Mode.values()) {
        stopped.add(run.begin(Endings.STOPPED, mode));
      }
      for (Ending ending : Endings.all()) {
        for (Mode mode : ending.modes()) {
          run.play(ending, mode);
        }
      }

      assertThat(run.leaks()).isEmpty();
      assertThat(stopped).allMatch(CompletableFuture::isDone);
      assertThat(run.collector().spans())
          .filteredOn(span -> span.getName().endsWith(" m"))
          .hasSize(run.calls());
      assertThat(run.collector().requests("/v1/metrics"))
          .isNotEmpty()
          .map(request -> new String(request.body(), StandardCharsets.ISO_8859_1))
          .allMatch(points -> points.contains("gen_ai.request.model"))
          .noneMatch(
              points -> points.matches("(?s).*(response\\.id|conversation|enduser|fingerprint).*"));
      assertThat(run.collector().logRecords()).hasSizeGreaterThan(run.calls() / 2);
      assertThat(run.log().linesWith("Chat failed")).hasSizeGreaterThan(run.calls() / 2);
    }
  }

  @Test
  void findsWhatLeaves() throws Exception {
    Ending leak =
        Ending.of("leak", play -> play.answer(Bodies.MESSAGE, "stop"))
            .next(NoContentLeavesTest::leak);
    try (CanaryRun run = new CanaryRun()) {
      run.start(List.of(leak), Map.of());
      run.play(leak, Mode.WHOLE);

      assertThat(run.leaks())
          .anyMatch(found -> found.startsWith("/v1/traces: SYSTEM in …"))
          .anyMatch(found -> found.startsWith("the log: USER in …"))
          .anyMatch(found -> found.startsWith("the exception of leak-WHOLE: ANSWER in …"))
          .allMatch(found -> found.matches("(?s).*: (SYSTEM|USER|ANSWER) in .*"));
    }
  }

  @Test
  void findsWhatIsCapturedWhereItIsAskedFor() throws Exception {
    Ending completed = Ending.of("completed", play -> play.answer(Bodies.MESSAGE, "stop"));
    try (CanaryRun run = new CanaryRun()) {
      run.start(List.of(completed), Map.of("camel.llm-otel.capture-content", "span_and_event"));
      run.play(completed, Mode.WHOLE);

      assertThat(run.leaks())
          .anyMatch(found -> found.startsWith("/v1/traces: USER in …"))
          .anyMatch(found -> found.startsWith("/v1/traces: ANSWER in …"))
          .anyMatch(found -> found.startsWith("/v1/logs: USER in …"))
          .anyMatch(found -> found.startsWith("/v1/logs: ANSWER in …"))
          .noneMatch(found -> found.matches("(?s).*: (KEY|CREDENTIAL|AUTHORIZATION) in .*"))
          .noneMatch(found -> found.startsWith("/v1/metrics"));
    }
  }

  private static void leak(Exchange exchange) {
    Tracer tracer = exchange.getContext().getRegistry().findSingleByType(Tracer.class);
    tracer.spanBuilder("leak").setAttribute("leak", Canary.SYSTEM.sentence()).startSpan().end();
    LoggerFactory.getLogger(NoContentLeavesTest.class).trace(Canary.USER.sentence());
    throw new IllegalStateException(Canary.ANSWER.sentence());
  }
}
