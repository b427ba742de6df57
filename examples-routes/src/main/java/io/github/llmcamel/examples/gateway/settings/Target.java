/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.examples.gateway.settings;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place that answers: an {@code llm:} URI of the configuration. Immutable.
 *
 * <p>The model is no option of the URIs that it gives: it is the header {@code CamelLlmModel} of
 * each request. Placeholders stay in them for Camel to replace, so that secrets do not stand there.
 *
 * @param provider what stands behind {@code llm:}
 * @param options of the URI, each as {@code name=value} and as it is written there, without the
 *     model and those that the gateway sets itself
 * @param model what is asked for; null is the name that the client sent
 */
public record Target(String provider, List<String> options, @Nullable String model) {

  /** Options that the component refuses in other operations. */
  private static final Set<String> OF_CHATS =
      Set.of(
          "choiceCount",
          "extractReasoning",
          "frequencyPenalty",
          "jsonSchema",
          "maxMediaBytes",
          "maxTokens",
          "presencePenalty",
          "rawResponse",
          "reasoningEffort",
          "reasoningOpened",
          "responseFormat",
          "seed",
          "stop",
          "systemMessage",
          "temperature",
          "toolChoice",
          "tools",
          "topK",
          "topP",
          "userMessage");

  public Target {
    options = List.copyOf(options);
  }

  /** The URI for an answer in one piece; the body is in OpenAI's format before and after. */
  public String chat() {
    return uri(Target::isOfChats, "bodyFormat=openai&outputFormat=openai&stream=false");
  }

  /** The URI for an answer as it arrives, in chunks of OpenAI's format. */
  public String liveChat() {
    return uri(Target::isOfChats, "bodyFormat=openai&outputFormat=openai&streamMode=live");
  }

  /** The URI for the vectors of texts, as an {@code EmbeddingsResponse}. */
  public String embeddings() {
    return uri(Target::isOfEmbeddings, "operation=embeddings&outputFormat=response");
  }

  /** The URI for the list of the provider's models. */
  public String models() {
    return uri(Target::isOfModels, "operation=models");
  }

  private static boolean isOfChats(String option) {
    return !option.equals("dimensions");
  }

  private static boolean isOfEmbeddings(String option) {
    return !OF_CHATS.contains(option);
  }

  private static boolean isOfModels(String option) {
    return isOfChats(option)
        && isOfEmbeddings(option)
        && !option.equals("user")
        && !option.startsWith("extra.");
  }

  private String uri(Predicate<String> isUsed, String use) {
    return Stream.concat(
            Stream.of(use),
            options.stream().filter(option -> isUsed.test(TargetReader.name(option))))
        .collect(Collectors.joining("&", "llm:" + provider + "?", ""));
  }

  /** Without the options, which may hold keys. */
  @Override
  public String toString() {
    return model == null ? "llm:" + provider : "llm:%s, model %s".formatted(provider, model);
  }
}
