/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.batch;

import io.github.llmcamel.examples.stages.Budget;
import io.github.llmcamel.examples.stages.CallGate;
import io.github.llmcamel.examples.stages.Deadline;
import io.github.llmcamel.examples.stages.Gates;
import io.github.llmcamel.price.PriceTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the calls of a run have to keep to. */
final class RunLimits {

  private RunLimits() {}

  /**
   * The gate for all calls; the time of the run begins.
   *
   * @param prices known once calls are made
   * @param last gate that a call passes
   */
  static CallGate gate(BatchSettings.Limits limits, Supplier<PriceTable> prices, CallGate last) {
    List<CallGate> gates = new ArrayList<>();
    if (limits.tokens() != null) {
      gates.add(Budget.ofTokens(limits.tokens()));
    }
    if (limits.cost() != null) {
      gates.add(Budget.ofCost(limits.cost(), prices));
    }
    if (limits.time() != null) {
      Clock clock = Clock.systemUTC();
      gates.add(new Deadline(clock.instant().plus(limits.time()), clock));
    }
    gates.add(last);
    return new Gates(gates);
  }
}
