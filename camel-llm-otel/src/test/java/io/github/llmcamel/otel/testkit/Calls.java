/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.testkit;

import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmException;
import io.github.llmcamel.error.LlmRateLimitException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ServerTiming;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.observe.Call;
import io.github.llmcamel.otel.genai.Caller;
import io.github.llmcamel.otel.genai.SpanPlace;
import io.github.llmcamel.price.PriceTable;
import io.github.llmcamel.provider.Providers;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls and their endings, as a producer would report them. */
public final class Calls {

  public static final URI AZURE = URI.create("https://acme.openai.azure.com/openai/v1");

  private Calls() {}

  /** A call to Azure OpenAI, whose name and telemetry name differ. */
  public static Call azure(@Nullable String model, Sampling sampling, Delivery delivery) {
    ChatRequest request =
        ChatRequest.builder()
            .model(model)
            .message(Message.user("Say canary."))
            .sampling(sampling)
            .build();
    return new Call(
        Providers.find("azure_openai").orElseThrow(),
        request,
        delivery,
        "acme.openai.azure.com",
        443);
  }

  /** Somebody outside of Camel whose span, if any, {@code parent} holds. */
  public static Caller callerIn(Context parent) {
    return Caller.at(below(parent)).build();
  }

  /** Below the span of {@code parent}. */
  public static SpanPlace below(Context parent) {
    return start -> start.apply(parent);
  }

  public static Call whole() {
    return whole("gpt-4o");
  }

  public static Call whole(String model) {
    return azure(model, Sampling.NONE, Delivery.WHOLE);
  }

  public static Call streamed() {
    return azure("gpt-4o", Sampling.NONE, Delivery.STREAMED);
  }

  /** What {@link #response} costs 0.000105 EUR by. */
  public static PriceTable prices() {
    return PriceTable.parse(
        "prices.csv",
        """
        provider,model,input,cachedInput,cacheWriteInput,output,currency,date,source
        azure_openai,gpt-4o,2,1,4,4,EUR,2026-01-31,https://acme.example/prices
        """);
  }

  /** An answer that says as little as an answer may. */
  public static ChatResponse bare() {
    return new ChatResponse(null, null, List.of(), Usage.UNKNOWN, ServerTiming.UNKNOWN);
  }

  public static ChatResponse response() {
    return new ChatResponse(
        "chatcmpl-1",
        "gpt-4o-2024-08-06",
        List.of(choice(0, FinishReason.STOP)),
        new Usage(25L, 12L, 3L, 5L, 7L, null),
        ServerTiming.UNKNOWN);
  }

  public static ChatResponse.Choice choice(int index, @Nullable FinishReason reason) {
    return new ChatResponse.Choice(index, "Canary.", null, null, List.of(), reason);
  }

  public static LlmException rateLimit() {
    return new LlmRateLimitException(
        "Slow down",
        new Failure(
            "azure_openai",
            AZURE,
            429,
            "Too Many Requests",
            Map.of(),
            null,
            "tokens_exhausted",
            null,
            null,
            true),
        null);
  }
}
