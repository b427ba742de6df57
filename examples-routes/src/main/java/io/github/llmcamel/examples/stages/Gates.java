/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.stages;

import io.github.llmcamel.component.RequestPreview;
import io.github.llmcamel.examples.ledger.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several gates, one behind the other. Where one of them is closed, the ones before it are left
 * again.
 */
public record Gates(List<CallGate> gates) implements CallGate {

  private static final Spending NOTHING = Spending.time(0);

  public Gates {
    gates = List.copyOf(gates);
  }

  @Override
  public @Nullable Pass enter(RequestPreview request) throws BudgetSpentException {
    List<Pass> passes = new ArrayList<>();
    try {
      for (CallGate gate : gates) {
        Pass pass = gate.enter(request);
        if (pass == null) {
          giveBack(passes, new BudgetSpentException("Not now."));
          return null;
        }
        passes.add(pass);
      }
    } catch (BudgetSpentException closed) {
      giveBack(passes, closed);
      throw closed;
    }
    return (spent, failure) -> passes.forEach(pass -> pass.leave(spent, failure));
  }

  private static void giveBack(List<Pass> passes, BudgetSpentException closed) {
    passes.forEach(pass -> pass.leave(NOTHING, closed));
  }

  @Override
  public @Nullable String exhausted() {
    return gates.stream()
        .map(CallGate::exhausted)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
