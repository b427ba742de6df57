/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.ending;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.llmcamel.otel.genai.Profile;
import io.github.llmcamel.otel.statements.EmittedPage;
import io.github.llmcamel.otel.testkit.Mode;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a call ends and however its answer travels: one span, one duration point, one log record,
 * nothing in flight any more, nothing of the call that runs beside it, and no name that {@code
 * docs/emitted.md} does not list.
 */
class EveryEndingTest {

  static Stream<Arguments> oneOfEachClassUnderEachTracer() {
    return EnumSet.complementOf(EnumSet.of(Tracer.NONE)).stream()
        .flatMap(
            tracer ->
                Endings.oneOfEachClass()
                    .map(ending -> Arguments.of(ending.get()[0], ending.get()[1], tracer)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("io.github.llmcamel.otel.ending.Endings#all")
  void leavesOneOfEach(Ending ending, Mode mode) throws Exception {
    try (Stage stage = new Stage(ending, mode)) {
      assertLeavesOneOfEach(stage, ending, mode, Tracer.NONE);
      new EmittedPage(Profile.SEED).assertLists(stage.telemetry());
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("oneOfEachClassUnderEachTracer")
  void leavesOneOfEach(Ending ending, Mode mode, Tracer tracer) throws Exception {
    try (Stage stage = new Stage(ending, mode)) {
      assertLeavesOneOfEach(stage, ending, mode, tracer);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("io.github.llmcamel.otel.ending.Endings#all")
  void leavesNothingBesideTheConventionsInTheStrictProfile(Ending ending, Mode mode)
      throws Exception {
    try (Stage stage = new Stage(ending, mode).inStrictProfile()) {
      stage.play(Tracer.NONE);
      stage.finishNeighbour();

      assertThat(stage.telemetry().spans()).hasSize(2);
      new EmittedPage(Profile.STRICT).assertLists(stage.telemetry());
    }
  }

  private static void assertLeavesOneOfEach(Stage stage, Ending ending, Mode mode, Tracer tracer)
      throws Exception {
    stage.play(tracer);
    stage.evidence(Party.OWN).isOf(ending.expected(mode), mode);

    stage.finishNeighbour();
    Evidence own = stage.evidence(Party.OWN);
    Evidence neighbour = stage.evidence(Party.NEIGHBOUR);
    own.isOf(ending.expected(mode), mode);
    own.holdsNothingOf(Party.NEIGHBOUR);
    isInItsPlace(own, Party.OWN, tracer);
    neighbour.isOf(Stage.NEIGHBOURS_ENDING, Mode.AGGREGATE);
    neighbour.holdsNothingOf(Party.OWN);
    isInItsPlace(neighbour, Party.NEIGHBOUR, tracer);
  }

  private static void isInItsPlace(Evidence evidence, Party who, Tracer tracer) {
    switch (tracer) {
      case NONE, GLOBAL -> {
        assertThat(evidence.span().getTraceId()).isEqualTo(who.traceId());
        assertThat(evidence.span().getParentSpanId()).isEqualTo(who.parentId());
      }
      case CAMEL_OPENTELEMETRY, CAMEL_OPENTELEMETRY2 ->
          assertThat(requireNonNull(evidence.parent()).getAttributes().get(stringKey("camel.uri")))
              .contains(who.provider());
    }
  }
}
