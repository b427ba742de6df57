/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallsByModelTest {

  @Test
  void theModelThatIsAskedMostComesFirst() {
    CallsByModel table =
        CallsByModel.of(
            List.of(Calls.of("a", "chat", 5), Calls.of("b", "chat", 9), Calls.of("c", "chat", 5)));

    assertThat(table.models()).extracting(ModelCalls::model).containsExactly("b", "a", "c");
    assertThat(table.other()).isNull();
  }

  @Test
  void theCallsOfSeveralRoutesAreAddedUp() {
    ModelCalls sum =
        CallsByModel.of(List.of(Calls.of("m", "chat", 5), Calls.of("m", null, 7))).models().get(0);

    assertThat(sum)
        .isEqualTo(
            new ModelCalls(
                "vllm", "m", 12, 4, 2, 6, 8, 120L, 60L, Map.of("429", 4L), 2, sum.times()));
  }

  @Test
  void timesAreOfTheRouteThatAsksMost() {
    List<RouteCalls> calls =
        List.of(Calls.of("m", "seldom", 5), Calls.of("m", "often", 7), Calls.of("m", null, 6));

    assertThat(CallsByModel.of(calls).models())
        .extracting(ModelCalls::times)
        .containsExactly(new CallTimes("often", 20L, 95L, 7L, 950L));
  }

  @Test
  void allModelsAreAddedUpToo() {
    CallsByModel table =
        CallsByModel.of(List.of(Calls.of("a", "chat", 5), Calls.of("b", "chat", 7)));

    assertThat(table.all().requests()).isEqualTo(12);
    assertThat(table.all().outputTokens()).isEqualTo(60);
    assertThat(table.all().times()).isNull();
  }

  @Test
  void callsThatNameNoModelAreOne() {
    CallsByModel table = CallsByModel.of(List.of(Calls.of(null, "a", 1), Calls.of(null, "b", 1)));

    assertThat(table.models()).hasSize(1);
    assertThat(table.models().get(0).model()).isNull();
  }

  @Test
  void tokensThatNobodyToldAreUnknown() {
    ModelCalls calls = CallsByModel.of(List.of(Calls.justBegun())).models().get(0);

    assertThat(calls.inputTokens()).isNull();
    assertThat(calls.outputTokens()).isNull();
  }

  @Test
  void modelsBeyondTheFirstHundredAreOther() {
    List<RouteCalls> calls =
        IntStream.rangeClosed(1, 103).mapToObj(i -> Calls.of("m" + i, "chat", i)).toList();

    CallsByModel table = CallsByModel.of(calls);

    assertThat(table.models()).hasSize(100);
    ModelCalls other = requireNonNull(table.other());
    assertThat(other.requests()).isEqualTo(1 + 2 + 3);
    assertThat(other.provider()).isNull();
    assertThat(other.times()).isNull();
  }

  @Test
  void whatTheComponentDoesNotTellApartIsOtherToo() {
    CallsByModel table = CallsByModel.of(List.of(Calls.of("m", "chat", 1), Calls.other(99)));

    assertThat(table.models()).extracting(ModelCalls::model).containsExactly("m");
    assertThat(requireNonNull(table.other()).requests()).isEqualTo(99);
  }
}
