/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelClient;
import io.github.llmcamel.provider.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Knows which options have a meaning in some operations only. */
final class OperationOptions {

  private static final List<Option> ALL =
      List.of(
          ofChats("stream", c -> Boolean.TRUE.equals(c.getStream()) ? true : null),
          ofChats("streamMode", LlmConfiguration::getStreamMode),
          ofChats("systemMessage", LlmConfiguration::getSystemMessage),
          ofChats("temperature", LlmConfiguration::getTemperature),
          ofChats("topP", LlmConfiguration::getTopP),
          ofChats("topK", LlmConfiguration::getTopK),
          ofChats("maxTokens", LlmConfiguration::getMaxTokens),
          ofChats("stop", LlmConfiguration::getStop),
          ofChats("seed", LlmConfiguration::getSeed),
          ofChats("frequencyPenalty", LlmConfiguration::getFrequencyPenalty),
          ofChats("presencePenalty", LlmConfiguration::getPresencePenalty),
          ofChats("choiceCount", LlmConfiguration::getChoiceCount),
          ofChats("reasoningEffort", LlmConfiguration::getReasoningEffort),
          ofChats("responseFormat", LlmConfiguration::getResponseFormat),
          ofChats("jsonSchema", LlmConfiguration::getJsonSchema),
          ofChats("outputClass", LlmConfiguration::getOutputClass),
          ofChats("extractReasoning", LlmConfiguration::getExtractReasoning),
          ofChats("reasoningOpened", LlmConfiguration::getReasoningOpened),
          ofChats("rawResponse", LlmConfiguration::getRawResponse),
          ofChats("tools", LlmConfiguration::getTools),
          ofChats("toolChoice", LlmConfiguration::getToolChoice),
          ofChats("maxMediaBytes", LlmConfiguration::getMaxMediaBytes),
          ofChats("bodyFormat=openai", c -> c.getBodyFormat() == BodyFormat.OPENAI ? true : null),
          ofChats(
              "outputFormat=openai", c -> c.getOutputFormat() == OutputFormat.OPENAI ? true : null),
          ofTexts("userMessage", LlmConfiguration::getUserMessage),
          ofTexts("promptVersion", LlmConfiguration::getPromptVersion),
          ofTexts("maxCallsPerExchange", LlmConfiguration::getMaxCallsPerExchange),
          ofTexts("maxTokensPerExchange", LlmConfiguration::getMaxTokensPerExchange),
          ofTexts("maxCostPerExchange", LlmConfiguration::getMaxCostPerExchange),
          ofTexts("user", LlmConfiguration::getUser),
          ofTexts("extra", c -> c.getExtra().isEmpty() ? null : c.getExtra()),
          new Option("dimensions", LlmConfiguration::getDimensions, Set.of(Operation.EMBEDDINGS)));

  private OperationOptions() {}

  /**
   * An option.
   *
   * @param value null if it is not set
   * @param operations those in which it means something
   */
  private record Option(
      String name, Function<LlmConfiguration, @Nullable Object> value, Set<Operation> operations) {}

  private static Option ofChats(String name, Function<LlmConfiguration, @Nullable Object> value) {
    return new Option(name, value, Set.of(Operation.CHAT));
  }

  private static Option ofTexts(String name, Function<LlmConfiguration, @Nullable Object> value) {
    return new Option(name, value, Set.of(Operation.CHAT, Operation.EMBEDDINGS));
  }

  /**
   * Refuses what cannot be done, or would be silently ignored.
   *
   * @param uri the options of the URI: the component's are defaults for endpoints of every kind
   * @throws IllegalArgumentException if the provider does not have the operation, or an option has
   *     no meaning in it; names the option and the cure
   */
  static void check(LlmConfiguration uri, Operation operation, Provider provider) {
    boolean has =
        switch (operation) {
          case CHAT -> true;
          case EMBEDDINGS -> ModelClient.hasEmbeddings(provider);
          case MODELS -> ModelClient.hasModelsList(provider);
        };
    if (!has) {
      throw new IllegalArgumentException(
          "llm:%s cannot do operation=%s. Use another provider, such as ollama or openai."
              .formatted(provider.name(), word(operation)));
    }
    for (Option option : ALL) {
      if (!option.operations().contains(operation) && option.value().apply(uri) != null) {
        throw new IllegalArgumentException(
            "%s has no meaning with operation=%s. Remove one of them."
                .formatted(option.name(), word(operation)));
      }
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
