/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Set;

/**
 * What {@link GenAiAttributes#CONVENTIONS} declares for the spans and events that we emit, as far
 * as we have something to say there. The metrics stand in {@link GenAiInstruments}.
 */
@SuppressWarnings("ImmutableEnumChecker") // Set.of makes immutable ones
enum Declared {
  INFERENCE_SPAN(
      "gen_ai.inference.client",
      GenAiAttributes.OPERATION_NAME,
      GenAiAttributes.PROVIDER_NAME,
      GenAiAttributes.REQUEST_MODEL,
      GenAiAttributes.SERVER_ADDRESS,
      GenAiAttributes.SERVER_PORT,
      GenAiAttributes.ERROR_TYPE,
      GenAiAttributes.REQUEST_MAX_TOKENS,
      GenAiAttributes.REQUEST_TEMPERATURE,
      GenAiAttributes.REQUEST_TOP_P,
      GenAiAttributes.REQUEST_TOP_K,
      GenAiAttributes.REQUEST_STOP_SEQUENCES,
      GenAiAttributes.REQUEST_FREQUENCY_PENALTY,
      GenAiAttributes.REQUEST_PRESENCE_PENALTY,
      GenAiAttributes.REQUEST_SEED,
      GenAiAttributes.REQUEST_CHOICE_COUNT,
      GenAiAttributes.REQUEST_STREAM,
      GenAiAttributes.REQUEST_REASONING_LEVEL,
      GenAiAttributes.OUTPUT_TYPE,
      GenAiAttributes.PROMPT_NAME,
      GenAiAttributes.PROMPT_VERSION,
      GenAiAttributes.CONVERSATION_ID,
      GenAiAttributes.RESPONSE_ID,
      GenAiAttributes.RESPONSE_MODEL,
      GenAiAttributes.RESPONSE_FINISH_REASONS,
      GenAiAttributes.RESPONSE_TIME_TO_FIRST_CHUNK,
      GenAiAttributes.USAGE_INPUT_TOKENS,
      GenAiAttributes.USAGE_OUTPUT_TOKENS,
      GenAiAttributes.USAGE_CACHE_READ_INPUT_TOKENS,
      GenAiAttributes.USAGE_CACHE_CREATION_INPUT_TOKENS,
      GenAiAttributes.USAGE_REASONING_OUTPUT_TOKENS,
      GenAiAttributes.SYSTEM_INSTRUCTIONS,
      GenAiAttributes.INPUT_MESSAGES,
      GenAiAttributes.OUTPUT_MESSAGES,
      GenAiAttributes.TOOL_DEFINITIONS),
  EMBEDDINGS_SPAN(
      "gen_ai.embeddings.client",
      GenAiAttributes.OPERATION_NAME,
      GenAiAttributes.PROVIDER_NAME,
      GenAiAttributes.REQUEST_MODEL,
      GenAiAttributes.SERVER_ADDRESS,
      GenAiAttributes.SERVER_PORT,
      GenAiAttributes.ERROR_TYPE,
      GenAiAttributes.REQUEST_ENCODING_FORMATS,
      GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT,
      GenAiAttributes.RESPONSE_MODEL,
      GenAiAttributes.USAGE_INPUT_TOKENS),
  DETAILS_EVENT("gen_ai.client.inference.operation.details", INFERENCE_SPAN.keys()),
  EXCEPTION_EVENT(
      "gen_ai.client.operation.exception",
      GenAiAttributes.EXCEPTION_TYPE,
      GenAiAttributes.EXCEPTION_MESSAGE);

  private final String id;
  private final Set<AttributeKey<?>> keys;

  Declared(String id, AttributeKey<?>... keys) {
    this(id, Set.of(keys));
  }

  Declared(String id, Set<AttributeKey<?>> keys) {
    this.id = id;
    this.keys = keys;
  }

  /** What the conventions call it. */
  String id() {
    return id;
  }

  Set<AttributeKey<?>> keys() {
    return keys;
  }
}
