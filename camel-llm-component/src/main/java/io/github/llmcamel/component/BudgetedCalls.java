/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.Admission;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmBudgetExceededException;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.observe.CallObservation;
import io.github.llmcamel.observe.CallObserver;
import io.github.llmcamel.observe.Cancellation;
import io.github.llmcamel.price.Price;
import io.github.llmcamel.price.PriceTable;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.provider.Providers;
import org.jspecify.annotations.Nullable;

/**
 * Lets an exchange make calls while there is something left of its budget, and counts what they
 * come to. The simulator needs no price: nobody pays for it. Calls that run at the same time may
 * exceed tokens and cost together: how much a call will come to is known at its end.
 */
record BudgetedCalls(
    ExchangeSpending spending, ExchangeBudget budget, Destination destination, PriceTable prices)
    implements Admission, CallObserver {

  @Override
  public void admit(ModelRequest request) throws LlmException {
    String provider = destination.provider().name();
    Price price = prices.find(provider, request.model());
    if (budget.cost() != null && price == null && !isSimulated()) {
      throw new LlmRequestException(
          "There is no price of the model '%.100s' of llm:%s, so that maxCostPerExchange cannot be kept. Give it a row in camel.component.llm.price-table, or leave the option away; the provider was not asked."
              .formatted(request.model(), provider),
          failure(),
          null);
    }
    ExchangeSpending.Excess excess =
        spending.begin(budget, price == null ? null : price.currency());
    if (excess != null) {
      throw new LlmBudgetExceededException(
          excess.budget(), excess.limit(), excess.spent(), excess.currency(), failure());
    }
  }

  private boolean isSimulated() {
    return Providers.SIMULATOR_SCHEME.equals(destination.baseUrl().getScheme());
  }

  private Failure failure() {
    return Failure.withoutReply(destination.provider().name(), destination.baseUrl(), false);
  }

  @Override
  public CallObservation start(Call call) {
    return new Metered(call);
  }

  private final class Metered implements CallObservation {
    private final Call call;

    private Metered(Call call) {
      this.call = call;
    }

    @Override
    public void completed(ModelResponse response) {
      end(response);
    }

    @Override
    public void failed(LlmException failure) {
      end(failure.getPartialResponse());
    }

    @Override
    public void cancelled(Cancellation reason, ChatResponse partial) {
      end(partial);
    }

    private void end(@Nullable ModelResponse received) {
      if (received != null) {
        spending.add(received.usage(), call.cost(received));
      }
    }
  }
}
