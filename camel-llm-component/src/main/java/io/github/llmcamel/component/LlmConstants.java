/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import org.apache.camel.spi.Metadata;

/** The message headers of the component. The documentation is generated from here. */
public final class LlmConstants {

  // Read: override options for one call. A call that succeeds removes them.

  @Metadata(label = "in", description = "Overrides the option model.", javaType = "String")
  public static final String MODEL = "CamelLlmModel";

  @Metadata(
      label = "in",
      description = "Overrides the option systemMessage. Plain text: it is not evaluated.",
      javaType = "String")
  public static final String SYSTEM_MESSAGE = "CamelLlmSystemMessage";

  @Metadata(
      label = "in",
      description = "Overrides the option userMessage. Plain text: it is not evaluated.",
      javaType = "String")
  public static final String USER_MESSAGE = "CamelLlmUserMessage";

  @Metadata(label = "in", description = "Overrides the option temperature.", javaType = "Double")
  public static final String TEMPERATURE = "CamelLlmTemperature";

  @Metadata(label = "in", description = "Overrides the option topP.", javaType = "Double")
  public static final String TOP_P = "CamelLlmTopP";

  @Metadata(label = "in", description = "Overrides the option topK.", javaType = "Integer")
  public static final String TOP_K = "CamelLlmTopK";

  @Metadata(label = "in", description = "Overrides the option maxTokens.", javaType = "Integer")
  public static final String MAX_TOKENS = "CamelLlmMaxTokens";

  @Metadata(
      label = "in",
      description =
          "Overrides the option stop: a collection of texts, or one text with commas between them.",
      javaType = "java.util.Collection<String>")
  public static final String STOP = "CamelLlmStop";

  @Metadata(label = "in", description = "Overrides the option seed.", javaType = "Long")
  public static final String SEED = "CamelLlmSeed";

  @Metadata(
      label = "in",
      description = "Overrides the option frequencyPenalty.",
      javaType = "Double")
  public static final String FREQUENCY_PENALTY = "CamelLlmFrequencyPenalty";

  @Metadata(
      label = "in",
      description = "Overrides the option presencePenalty.",
      javaType = "Double")
  public static final String PRESENCE_PENALTY = "CamelLlmPresencePenalty";

  @Metadata(label = "in", description = "Overrides the option choiceCount.", javaType = "Integer")
  public static final String CHOICE_COUNT = "CamelLlmChoiceCount";

  @Metadata(
      label = "in",
      description = "Overrides the option reasoningEffort.",
      javaType = "String")
  public static final String REASONING_EFFORT = "CamelLlmReasoningEffort";

  @Metadata(
      label = "in",
      description =
          "Overrides the option tools: a Tool, a collection of them, a ToolUse, or OpenAI's form as maps or JSON text.",
      javaType = "Object")
  public static final String TOOLS = "CamelLlmTools";

  @Metadata(
      label = "in",
      description = "Overrides the option toolChoice: auto, none, required or a name.",
      javaType = "String")
  public static final String TOOL_CHOICE = "CamelLlmToolChoice";

  @Metadata(label = "in", description = "Overrides the option dimensions.", javaType = "Integer")
  public static final String DIMENSIONS = "CamelLlmDimensions";

  // Read: who asks and what for. Telemetry is told, the provider is not. A call leaves them in the
  // message, for the calls to come.

  @Metadata(
      label = "in",
      description =
          "Your id of the conversation that the call belongs to, for telemetry. It stays.",
      javaType = "String")
  public static final String CONVERSATION_ID = "CamelLlmConversationId";

  @Metadata(
      label = "in",
      description =
          "Your id of the user that the call is made for, for telemetry, which keeps a hash. It stays.",
      javaType = "String")
  public static final String USER_ID = "CamelLlmUserId";

  @Metadata(
      label = "in",
      description =
          "What the call is for, in a few words, for telemetry. Without it, telemetry tells by the last message. It stays.",
      javaType = "String")
  public static final String PURPOSE = "CamelLlmPurpose";

  // Written: what a call found out. Absent when unknown, never 0; a new call removes those of the
  // one before it.

  @Metadata(label = "out", description = "The provider that was asked.", javaType = "String")
  public static final String PROVIDER = "CamelLlmProvider";

  @Metadata(label = "out", description = "The model that was asked for.", javaType = "String")
  public static final String REQUEST_MODEL = "CamelLlmRequestModel";

  @Metadata(
      label = "out",
      description =
          "The version of the prompt: the option promptVersion, or what stands for systemMessage, userMessage and the schema of the answer.",
      javaType = "String")
  public static final String PROMPT_VERSION = "CamelLlmPromptVersion";

  @Metadata(
      label = "out",
      description = "The model that answered, as the provider names it.",
      javaType = "String")
  public static final String RESPONSE_MODEL = "CamelLlmResponseModel";

  @Metadata(
      label = "out",
      description = "The provider's id of the answer. Not unique at every provider.",
      javaType = "String")
  public static final String RESPONSE_ID = "CamelLlmResponseId";

  @Metadata(
      label = "out",
      description =
          "Why the first choice ended: stop, length, tool_calls, content_filter, error or other.",
      javaType = "String")
  public static final String FINISH_REASON = "CamelLlmFinishReason";

  @Metadata(
      label = "out",
      description = "All input tokens, cached ones included.",
      javaType = "Long")
  public static final String INPUT_TOKENS = "CamelLlmInputTokens";

  @Metadata(
      label = "out",
      description = "All output tokens, reasoning included.",
      javaType = "Long")
  public static final String OUTPUT_TOKENS = "CamelLlmOutputTokens";

  @Metadata(
      label = "out",
      description = "The input tokens that came from the provider's cache.",
      javaType = "Long")
  public static final String CACHED_INPUT_TOKENS = "CamelLlmCachedInputTokens";

  @Metadata(
      label = "out",
      description = "The output tokens that were reasoning.",
      javaType = "Long")
  public static final String REASONING_TOKENS = "CamelLlmReasoningTokens";

  @Metadata(
      label = "out",
      description =
          "What the call costs, by the table of prices. A live answer tells it at its end.",
      javaType = "java.math.BigDecimal")
  public static final String COST = "CamelLlmCost";

  @Metadata(
      label = "out",
      description = "The currency of CamelLlmCost, by its code of ISO 4217.",
      javaType = "String")
  public static final String COST_CURRENCY = "CamelLlmCostCurrency";

  @Metadata(
      label = "out",
      description =
          "From sending to the first token. Only with streamMode=aggregate; a live answer tells it at its end.",
      javaType = "java.time.Duration")
  public static final String TIME_TO_FIRST_TOKEN = "CamelLlmTimeToFirstToken";

  @Metadata(
      label = "out",
      description = "How long the call took in all.",
      javaType = "java.time.Duration")
  public static final String DURATION = "CamelLlmDuration";

  @Metadata(
      label = "out",
      description =
          "The body of the reply as it came. Only with rawResponse=true; a live answer tells it at its end.",
      javaType = "String")
  public static final String RAW_RESPONSE = "CamelLlmRawResponse";

  private LlmConstants() {}
}
