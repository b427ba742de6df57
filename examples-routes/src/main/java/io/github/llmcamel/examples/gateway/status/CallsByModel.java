/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls by model.
 *
 * @param all the sum of all of them
 * @param models by requests, the most first; at most {@value #MOST_MODELS}
 * @param other the rest, and what the component itself does not tell apart; null if there is none
 */
record CallsByModel(ModelCalls all, List<ModelCalls> models, @Nullable ModelCalls other) {

  static final int MOST_MODELS = 100;

  static CallsByModel of(List<RouteCalls> calls) {
    List<ModelCalls> models = new ArrayList<>();
    List<RouteCalls> rest = new ArrayList<>();
    for (List<RouteCalls> ofModel : byModel(calls)) {
      if (models.size() < MOST_MODELS && !ofModel.get(0).areOther()) {
        models.add(ModelCalls.ofOne(ofModel));
      } else {
        rest.addAll(ofModel);
      }
    }
    return new CallsByModel(
        ModelCalls.ofSeveral(calls), models, rest.isEmpty() ? null : ModelCalls.ofSeveral(rest));
  }

  /** The most calls first; models with as many as each other keep their order. */
  private static List<List<RouteCalls>> byModel(List<RouteCalls> calls) {
    Map<List<@Nullable String>, List<RouteCalls>> byModel = new LinkedHashMap<>();
    for (RouteCalls some : calls) {
      byModel
          .computeIfAbsent(Arrays.asList(some.provider(), some.model()), k -> new ArrayList<>())
          .add(some);
    }
    return byModel.values().stream()
        .sorted(Comparator.comparingLong(CallsByModel::count).reversed())
        .toList();
  }

  private static long count(Collection<RouteCalls> calls) {
    return calls.stream().mapToLong(RouteCalls::calls).sum();
  }
}
