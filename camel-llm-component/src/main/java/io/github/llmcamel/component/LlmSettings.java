/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallLimits;
import io.github.llmcamel.client.Reading;
import io.github.llmcamel.codec.binding.AnswerType;
import io.github.llmcamel.model.Delivery;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.Sampling;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.HttpSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint does with every message unless the message says otherwise: all options, brought
 * together from the URI, the configuration and the environment, and frozen.
 *
 * @param model null leaves it to the message
 * @param stageName null if it has none
 * @param systemMessage the template, not yet evaluated; null if there is none
 * @param userMessage the template, not yet evaluated; null if the body is the prompt
 * @param promptVersion null if there is no template
 * @param responseFormat the form of answers; null leaves it to the provider
 * @param outputClass what answers are read into; null if they stay what {@code outputFormat} says
 * @param dimensions of vectors; null leaves them to the model
 * @param streamMode what the route gets of a streamed answer; null if answers come whole
 */
record LlmSettings(
    Operation operation,
    Destination destination,
    @Nullable String model,
    @Nullable String stageName,
    @Nullable String systemMessage,
    @Nullable String userMessage,
    @Nullable PromptVersion promptVersion,
    Sampling sampling,
    ToolUse tools,
    @Nullable ResponseFormat responseFormat,
    @Nullable Integer dimensions,
    @Nullable String user,
    Map<String, Object> extras,
    @Nullable StreamMode streamMode,
    BodyFormat bodyFormat,
    OutputFormat outputFormat,
    @Nullable AnswerType outputClass,
    Reading reading,
    ForwardedHeaders forwardedHeaders,
    MediaLimit mediaLimit,
    CallLimits limits,
    ExchangeBudget budget,
    HttpSettings http) {

  /** How answers travel. */
  Delivery delivery() {
    return streamMode == null ? Delivery.WHOLE : Delivery.STREAMED;
  }

  /** See {@link LlmEndpoint#getFingerprint}. */
  String fingerprint() {
    return new Fingerprint()
        .add("operation", operation)
        .add("provider", destination.provider().name())
        .add("lenientParameters", destination.lenientParameters())
        .add("model", model)
        .add("sampling", sampling)
        .add("tools", tools)
        .add("responseFormat", responseFormat)
        .add("dimensions", dimensions)
        .add("extra", extras)
        .add("bodyFormat", bodyFormat)
        .add("outputFormat", outputFormat)
        .add("outputClass", outputClass == null ? null : outputClass.schema())
        .add("reasoning", reading.reasoning())
        .hex();
  }
}
