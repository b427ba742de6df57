/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.Reading;
import io.github.llmcamel.codec.ExtraMembers;
import io.github.llmcamel.codec.ReasoningTags;
import io.github.llmcamel.codec.binding.AnswerType;
import io.github.llmcamel.model.ResponseFormat;
import io.github.llmcamel.model.ToolUse;
import io.github.llmcamel.provider.Destination;
import io.github.llmcamel.transport.HttpSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings the options of one endpoint together. Highest first: the URI, {@code providers[name]}, the
 * component, the environment, the provider table.
 */
final class SettingsResolver {

  private static final String RESPONSE_FORMAT = "response_format";
  private static final List<String> TOOL_EXTRAS = List.of("tools", "tool_choice");

  private final LlmConfiguration uri;
  private final LlmConfiguration component;
  private final Environment environment;
  private final CamelContext context;

  SettingsResolver(
      LlmConfiguration uri,
      LlmConfiguration component,
      Environment environment,
      CamelContext context) {
    this.uri = uri;
    this.component = component;
    this.environment = environment;
    this.context = context;
  }

  /**
   * Resolves everything an endpoint needs.
   *
   * @param options {@code providers[name]} of this endpoint's provider; null if there is none
   * @param http how its connections are made
   * @throws IllegalArgumentException if a value is out of range or cannot be read, or two options
   *     contradict each other; names the option and the cure
   */
  LlmSettings resolve(
      @Nullable ProviderOptions options, Destination destination, HttpSettings http) {
    Operation operation = option(LlmConfiguration::getOperation, Operation.CHAT);
    OperationOptions.check(uri, operation, destination.provider());
    String model = uri.getModel();
    if (model == null && options != null) {
      model = options.getModel();
    }
    if (model == null) {
      model =
          component.getModel() != null ? component.getModel() : environment.get("DEFAULT_MODEL");
    }
    Map<String, Object> extras = extras();
    // The component's options for chats are no matter of other operations.
    boolean isChat = operation == Operation.CHAT;
    AnswerType outputClass =
        isChat ? ResponseFormatOptions.outputClass(formOwner(), context) : null;
    ResponseFormat responseFormat = isChat ? responseFormat(outputClass, extras) : null;
    String systemMessage =
        isChat ? text("systemMessage", LlmConfiguration::getSystemMessage) : null;
    String userMessage = text("userMessage", LlmConfiguration::getUserMessage);
    return new LlmSettings(
        operation,
        destination.withLenientParameters(option(LlmConfiguration::getLenientParameters, false)),
        model,
        OptionText.checkedName("stageName", option(LlmConfiguration::getStageName)),
        systemMessage,
        userMessage,
        PromptVersion.of(
            option(LlmConfiguration::getPromptVersion), systemMessage, userMessage, responseFormat),
        SamplingOptions.of(uri).orElse(SamplingOptions.of(component)),
        isChat ? tools(extras) : ToolUse.NONE,
        responseFormat,
        SamplingOptions.checkedDimensions(option(LlmConfiguration::getDimensions)),
        option(LlmConfiguration::getUser),
        extras,
        isChat ? streamMode(outputClass) : null,
        option(LlmConfiguration::getBodyFormat, BodyFormat.AUTO),
        outputFormat(outputClass),
        outputClass,
        reading(),
        ForwardedHeaders.of(option(LlmConfiguration::getForwardHeaders), destination.provider()),
        LimitOptions.media(uri, component),
        LimitOptions.of(uri, component),
        operation == Operation.MODELS ? ExchangeBudget.NONE : ExchangeBudget.of(uri, component),
        http);
  }

  private <T> @Nullable T option(Function<LlmConfiguration, @Nullable T> getter) {
    T value = getter.apply(uri);
    return value != null ? value : getter.apply(component);
  }

  private <T> T option(Function<LlmConfiguration, @Nullable T> getter, T fallback) {
    T value = option(getter);
    return value != null ? value : fallback;
  }

  private @Nullable String text(String name, Function<LlmConfiguration, @Nullable String> getter) {
    String value = option(getter);
    return value == null ? null : OptionText.read(name, value, context);
  }

  private Map<String, Object> extras() {
    Map<String, Object> merged = new LinkedHashMap<>(component.getExtra());
    merged.putAll(uri.getExtra());
    return ExtraMembers.read(merged);
  }

  private ToolUse tools(Map<String, Object> extras) {
    ToolUse tools =
        ToolOptions.checked(
            ToolOptions.of(uri, context).orElse(ToolOptions.of(component, context)));
    Optional<String> extra = TOOL_EXTRAS.stream().filter(extras::containsKey).findFirst();
    if (extra.isPresent() && !tools.equals(ToolUse.NONE)) {
      throw new IllegalArgumentException(
          "extra.%s contradicts tools and toolChoice. Remove it or them.".formatted(extra.get()));
    }
    return tools;
  }

  private @Nullable ResponseFormat responseFormat(
      @Nullable AnswerType outputClass, Map<String, Object> extras) {
    ResponseFormat format = ResponseFormatOptions.read(formOwner(), outputClass, context);
    if (format != null && extras.containsKey(RESPONSE_FORMAT)) {
      throw new IllegalArgumentException(
          "extra.response_format contradicts responseFormat, jsonSchema and outputClass. Remove it"
              + " or them.");
    }
    return format;
  }

  private LlmConfiguration formOwner() {
    return ResponseFormatOptions.owner(uri, component);
  }

  private OutputFormat outputFormat(@Nullable AnswerType outputClass) {
    // A URI that says what the body becomes is not overruled by the component's other option.
    OutputFormat format =
        uri.getOutputClass() != null
            ? uri.getOutputFormat()
            : option(LlmConfiguration::getOutputFormat);
    if (outputClass != null && format != null) {
      throw new IllegalArgumentException(
          "outputFormat contradicts outputClass. Remove one of them.");
    }
    return format != null ? format : OutputFormat.TEXT;
  }

  private Reading reading() {
    return new Reading(reasoningTags(), option(LlmConfiguration::getRawResponse, false));
  }

  private ReasoningTags reasoningTags() {
    // A URI that says whether to extract is not overruled by the component's other option.
    LlmConfiguration owner =
        uri.getExtractReasoning() != null || uri.getReasoningOpened() != null ? uri : component;
    boolean isOpened = Boolean.TRUE.equals(owner.getReasoningOpened());
    if (isOpened && Boolean.FALSE.equals(owner.getExtractReasoning())) {
      throw new IllegalArgumentException(
          "reasoningOpened contradicts extractReasoning=false. Remove one of them.");
    }
    if (isOpened) {
      return ReasoningTags.SPLIT_OFF_OPENED;
    }
    return option(LlmConfiguration::getExtractReasoning, false)
        ? ReasoningTags.SPLIT_OFF
        : ReasoningTags.KEPT;
  }

  private @Nullable StreamMode streamMode(@Nullable AnswerType outputClass) {
    StreamMode mode = streamMode();
    if (outputClass != null && mode == StreamMode.LIVE) {
      throw new IllegalArgumentException(
          "outputClass contradicts streamMode=live, which stream=true alone means. Set"
              + " streamMode=aggregate.");
    }
    return mode;
  }

  private @Nullable StreamMode streamMode() {
    // A URI that says how to stream, or not to, is not overruled by half of the component's
    // options.
    LlmConfiguration owner =
        uri.getStream() != null || uri.getStreamMode() != null ? uri : component;
    Boolean stream = owner.getStream();
    StreamMode mode = owner.getStreamMode();
    if (Boolean.FALSE.equals(stream) && mode != null) {
      throw new IllegalArgumentException(
          "streamMode contradicts stream=false. Remove one of them.");
    }
    if (!Boolean.TRUE.equals(stream) && mode == null) {
      return null;
    }
    return mode != null ? mode : option(LlmConfiguration::getStreamMode, StreamMode.LIVE);
  }
}
