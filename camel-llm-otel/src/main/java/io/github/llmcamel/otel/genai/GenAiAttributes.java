/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.otel.genai;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every attribute key that this module writes.
 *
 * <p>Own constants, since the published artefact with these names is an alpha that deprecates all
 * of them. Names and types follow {@link #CONVENTIONS}, and for the span of a request those of
 * HTTP; from {@link #SYSTEM} on they are ours.
 */
public final class GenAiAttributes {

  /**
   * The pinned revision of the conventions.
   *
   * @see <a href="https://github.com/open-telemetry/semantic-conventions-genai">Semantic
   *     conventions for generative AI</a>
   */
  public static final String CONVENTIONS =
      "semantic-conventions-genai@4a39b6ef1363fab57bc40e18c82abb32cc89ebcd";

  /** The value of {@link #OPERATION_NAME} for a chat completion. */
  public static final String CHAT = "chat";

  /** The value of {@link #OPERATION_NAME} for texts that become vectors. */
  public static final String EMBEDDINGS = "embeddings";

  /** The value of {@link #TOKEN_TYPE} for what was sent. */
  public static final String INPUT = "input";

  /** The value of {@link #TOKEN_TYPE} for what was answered. */
  public static final String OUTPUT = "output";

  public static final AttributeKey<String> OPERATION_NAME = stringKey("gen_ai.operation.name");
  public static final AttributeKey<String> PROVIDER_NAME = stringKey("gen_ai.provider.name");
  public static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  public static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
  public static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
  public static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

  public static final AttributeKey<Long> REQUEST_MAX_TOKENS = longKey("gen_ai.request.max_tokens");
  public static final AttributeKey<Double> REQUEST_TEMPERATURE =
      doubleKey("gen_ai.request.temperature");
  public static final AttributeKey<Double> REQUEST_TOP_P = doubleKey("gen_ai.request.top_p");
  public static final AttributeKey<Long> REQUEST_TOP_K = longKey("gen_ai.request.top_k");
  public static final AttributeKey<List<String>> REQUEST_STOP_SEQUENCES =
      stringArrayKey("gen_ai.request.stop_sequences");
  public static final AttributeKey<Double> REQUEST_FREQUENCY_PENALTY =
      doubleKey("gen_ai.request.frequency_penalty");
  public static final AttributeKey<Double> REQUEST_PRESENCE_PENALTY =
      doubleKey("gen_ai.request.presence_penalty");
  public static final AttributeKey<Long> REQUEST_SEED = longKey("gen_ai.request.seed");

  /** Only where it is not 1. */
  public static final AttributeKey<Long> REQUEST_CHOICE_COUNT =
      longKey("gen_ai.request.choice.count");

  /** Only where it is true. */
  public static final AttributeKey<Boolean> REQUEST_STREAM = booleanKey("gen_ai.request.stream");

  public static final AttributeKey<String> REQUEST_REASONING_LEVEL =
      stringKey("gen_ai.request.reasoning.level");

  /** Of vectors, where the request names a form. */
  public static final AttributeKey<List<String>> REQUEST_ENCODING_FORMATS =
      stringArrayKey("gen_ai.request.encoding_formats");

  /** How many numbers a vector has: as asked for, then as answered. */
  public static final AttributeKey<Long> EMBEDDINGS_DIMENSION_COUNT =
      longKey("gen_ai.embeddings.dimension.count");

  public static final AttributeKey<String> OUTPUT_TYPE = stringKey("gen_ai.output.type");

  /** The stage of a pipeline that makes the call. */
  public static final AttributeKey<String> PROMPT_NAME = stringKey("gen_ai.prompt.name");

  /** As configured, or made of the prompt's templates. */
  public static final AttributeKey<String> PROMPT_VERSION = stringKey("gen_ai.prompt.version");

  /** The caller's own id, never made up. */
  public static final AttributeKey<String> CONVERSATION_ID = stringKey("gen_ai.conversation.id");

  public static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
  public static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");

  /** The provider's own words, one for each finished choice. */
  public static final AttributeKey<List<String>> RESPONSE_FINISH_REASONS =
      stringArrayKey("gen_ai.response.finish_reasons");

  /** In seconds, only of streams. */
  public static final AttributeKey<Double> RESPONSE_TIME_TO_FIRST_CHUNK =
      doubleKey("gen_ai.response.time_to_first_chunk");

  public static final AttributeKey<Long> USAGE_INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
  public static final AttributeKey<Long> USAGE_OUTPUT_TOKENS =
      longKey("gen_ai.usage.output_tokens");
  public static final AttributeKey<Long> USAGE_CACHE_READ_INPUT_TOKENS =
      longKey("gen_ai.usage.cache_read.input_tokens");
  public static final AttributeKey<Long> USAGE_CACHE_CREATION_INPUT_TOKENS =
      longKey("gen_ai.usage.cache_creation.input_tokens");
  public static final AttributeKey<Long> USAGE_REASONING_OUTPUT_TOKENS =
      longKey("gen_ai.usage.reasoning.output_tokens");

  /** Of metric points: {@link #INPUT} or {@link #OUTPUT}. */
  public static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");

  /** The conversation that was sent: JSON text on spans, see {@link #structured}. */
  public static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");

  /** The answer, one message for each choice: JSON text on spans, see {@link #structured}. */
  public static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");

  /** Where they are apart from the conversation: JSON text on spans, see {@link #structured}. */
  public static final AttributeKey<String> SYSTEM_INSTRUCTIONS =
      stringKey("gen_ai.system_instructions");

  /** JSON text on spans, see {@link #structured}. */
  public static final AttributeKey<String> TOOL_DEFINITIONS = stringKey("gen_ai.tool.definitions");

  public static final AttributeKey<String> EXCEPTION_TYPE = stringKey("exception.type");
  public static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey("exception.message");

  /** Of the span of a request. */
  public static final AttributeKey<String> HTTP_REQUEST_METHOD = stringKey("http.request.method");

  /** Of the span of a request: absent if there was no answer. */
  public static final AttributeKey<Long> HTTP_RESPONSE_STATUS_CODE =
      longKey("http.response.status_code");

  /** Of the span of a request: without query and credentials. */
  public static final AttributeKey<String> URL_FULL = stringKey("url.full");

  /** Only of log records of an OpenTelemetry API that knows no name of a record. */
  public static final AttributeKey<String> EVENT_NAME = stringKey("event.name");

  /** The provider as configured, never guessed from the model. */
  public static final AttributeKey<String> SYSTEM = stringKey("gen_ai.system");

  public static final AttributeKey<Boolean> IS_STREAMING = booleanKey("llm.is_streaming");

  /** What the call is for, in the caller's words or told by the last message. */
  public static final AttributeKey<String> REQUEST_PURPOSE = stringKey("llm.request.purpose");

  /** Of the user's last message. */
  public static final AttributeKey<String> PROMPT_ROLE = stringKey("gen_ai.prompt.0.role");

  public static final AttributeKey<String> PROMPT_CONTENT = stringKey("gen_ai.prompt.0.content");

  /** Of the first choice. */
  public static final AttributeKey<String> COMPLETION_ROLE = stringKey("gen_ai.completion.0.role");

  public static final AttributeKey<String> COMPLETION_CONTENT =
      stringKey("gen_ai.completion.0.content");

  public static final AttributeKey<String> COMPLETION_FINISH_REASON =
      stringKey("gen_ai.completion.0.finish_reason");

  /** Of span events, as are the following ones. */
  public static final AttributeKey<String> EVENT_PROMPT_ROLE = stringKey("gen_ai.prompt.role");

  public static final AttributeKey<String> EVENT_PROMPT_CONTENT =
      stringKey("gen_ai.prompt.content");

  public static final AttributeKey<String> EVENT_COMPLETION_ROLE =
      stringKey("gen_ai.completion.role");

  public static final AttributeKey<String> EVENT_COMPLETION_CONTENT =
      stringKey("gen_ai.completion.content");

  public static final AttributeKey<String> EVENT_COMPLETION_FINISH_REASON =
      stringKey("gen_ai.completion.finish_reason");

  /** A hash of what the user said, the same for the same conversation. */
  public static final AttributeKey<String> CONVERSATION_FINGERPRINT =
      stringKey("conversation.fingerprint");

  /** A hash of the caller's own id of its user. */
  public static final AttributeKey<String> END_USER_ID = stringKey("enduser.id");

  /** Of metric points: whose clock a time was taken by, {@code server} or {@code client}. */
  public static final AttributeKey<String> TIMING_SOURCE = stringKey("llm.timing.source");

  /** Of metric points and log records: the model that was asked for. */
  public static final AttributeKey<String> MODEL = stringKey("model");

  /** Of metric points: whether the answer travels as a stream. */
  public static final AttributeKey<Boolean> STREAM = booleanKey("stream");

  /** Of log records, to the millisecond. */
  public static final AttributeKey<Double> DURATION_SECONDS = doubleKey("duration_s");

  /** Of log records. */
  public static final AttributeKey<Long> PROMPT_TOKENS = longKey("prompt_tokens");

  /** Of log records. */
  public static final AttributeKey<Long> COMPLETION_TOKENS = longKey("completion_tokens");

  /** A word of {@link Outcome}. */
  public static final AttributeKey<String> OUTCOME = stringKey("llm.outcome");

  /** Of spans: what the call costs, where its model has a price. */
  public static final AttributeKey<Double> COST_AMOUNT = doubleKey("llm.cost.amount");

  /** The code of ISO 4217. */
  public static final AttributeKey<String> COST_CURRENCY = stringKey("llm.cost.currency");

  /** The provider's own code of an error. */
  public static final AttributeKey<String> ERROR_CODE = stringKey("llm.error.code");

  public static final AttributeKey<String> CAMEL_ROUTE_ID = stringKey("camel.route.id");
  public static final AttributeKey<String> CAMEL_NODE_ID = stringKey("camel.node.id");

  /** The id of the nearest Step EIP around the call: a stage of a pipeline. */
  public static final AttributeKey<String> CAMEL_STEP_ID = stringKey("camel.step.id");

  public static final AttributeKey<String> CAMEL_EXCHANGE_ID = stringKey("camel.exchange.id");

  /** Only of a call that is made again: 1 for the second attempt. */
  public static final AttributeKey<Long> CAMEL_REDELIVERY_COUNTER =
      longKey("camel.redelivery.counter");

  public static final AttributeKey<String> CAMEL_BREADCRUMB_ID = stringKey("camel.breadcrumb.id");

  /** Of spans of routes, as the others of {@code llm.total}: the calls of the exchange so far. */
  public static final AttributeKey<Long> TOTAL_CALLS = longKey("llm.total.calls");

  public static final AttributeKey<Long> TOTAL_INPUT_TOKENS = longKey("llm.total.input_tokens");
  public static final AttributeKey<Long> TOTAL_OUTPUT_TOKENS = longKey("llm.total.output_tokens");
  public static final AttributeKey<Double> TOTAL_DURATION_SECONDS =
      doubleKey("llm.total.duration_s");
  public static final AttributeKey<Double> TOTAL_COST_AMOUNT = doubleKey("llm.total.cost.amount");
  public static final AttributeKey<String> TOTAL_COST_CURRENCY =
      stringKey("llm.total.cost.currency");

  /** The keys of metric points that the conventions do not have there. */
  static final Set<AttributeKey<?>> OWN_OF_POINTS =
      Set.of(
          SYSTEM,
          OUTCOME,
          TIMING_SOURCE,
          MODEL,
          STREAM,
          CAMEL_ROUTE_ID,
          PROMPT_NAME,
          PROMPT_VERSION,
          COST_CURRENCY);

  private GenAiAttributes() {}

  /**
   * The same name with a structured value, as events have it; null where OpenTelemetry's API has no
   * such attributes, which came with 1.59.
   */
  static @Nullable AttributeKey<Value<?>> structured(AttributeKey<String> key) {
    try {
      return AttributeKey.valueKey(key.getKey());
    } catch (NoSuchMethodError e) {
      return null;
    }
  }
}
