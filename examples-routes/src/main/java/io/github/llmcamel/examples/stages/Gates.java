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

/** Several gates, one behind the other. */
public record Gates(List<CallGate> gates) implements CallGate {

  private static final Spending NOTHING = Spending.time(0);

  public Gates {
    gates = List.copyOf(gates);
  }

  @Override
  public Pass enter(RequestPreview request) throws BudgetSpentException {
    List<Pass> passes = new ArrayList<>();
    try {
      for (CallGate gate : gates) {
        passes.add(gate.enter(request));
      }
    } catch (BudgetSpentException closed) {
      passes.forEach(pass -> pass.leave(NOTHING, closed));
      throw closed;
    }
    return (spent, failure) -> passes.forEach(pass -> pass.leave(spent, failure));
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
