/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.CallTiming;
import io.github.llmcamel.client.Ending;
import io.github.llmcamel.client.ModelCall;
import io.github.llmcamel.codec.binding.AnswerType;
import io.github.llmcamel.codec.openai.ChunkWriter;
import io.github.llmcamel.codec.openai.CompletionDefaults;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.error.LlmAnswerException;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.ChatResponse;
import io.github.llmcamel.model.EmbeddingsResponse;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.ModelResponse;
import io.github.llmcamel.model.ModelsResponse;
import io.github.llmcamel.model.Usage;
import io.github.llmcamel.price.Cost;
import io.github.llmcamel.price.PriceTable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Turns an ending, or the beginning of a live answer, into body and headers. Thread-safe.
 *
 * @param outputClass what the answer is read into; null if it stays what {@code format} says
 * @param prices what models cost
 */
record AnswerWriter(OutputFormat format, @Nullable AnswerType outputClass, PriceTable prices) {

  /** Writes how a call has ended into the exchange. */
  void write(Exchange exchange, BoundCall call, Ending ending) {
    Exception failure = Endings.failure(ending);
    if (ending instanceof Ending.Completed completed) {
      try {
        write(exchange.getMessage(), call, completed);
      } catch (LlmAnswerException e) {
        fail(exchange, e);
      }
    } else if (failure != null) {
      fail(exchange, failure);
    }
  }

  /**
   * Makes the stream the body, with what is known at its first event.
   *
   * @param first may bring the answer's id and model
   */
  void writeStream(Exchange exchange, BoundCall call, LlmStream<?> stream, ChatEvent first) {
    // Camel's stream caching must not read it for fear that somebody reads it twice.
    exchange.getExchangeExtension().setStreamCacheDisabled(true);
    Message message = exchange.getMessage();
    begin(message, call, stream);
    if (first instanceof ChatEvent.Started started) {
      set(message, LlmConstants.RESPONSE_MODEL, started.model());
      set(message, LlmConstants.RESPONSE_ID, started.id());
    }
  }

  /** A stream whose elements have the output format. */
  LlmStream<?> stream(ModelCall call, Executor publishers) {
    String provider = call.destination().provider().name();
    String model = model(call);
    return switch (format) {
      case TEXT ->
          new LlmStream<String>(
              provider, model, AnswerWriter::firstText, () -> null, publishers, prices);
      case RESPONSE ->
          new LlmStream<ChatEvent>(provider, model, event -> event, () -> null, publishers, prices);
      case OPENAI -> {
        ChunkWriter chunks = OpenAiChatFormat.chunkWriter(defaults(model));
        yield new LlmStream<String>(provider, model, chunks, chunks::last, publishers, prices);
      }
    };
  }

  /** What an answer to one call says in OpenAI's format if its provider does not. */
  static CompletionDefaults defaults(String model) {
    String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    return new CompletionDefaults(id, model, Instant.now());
  }

  private static String model(ModelCall call) {
    return Objects.requireNonNull(call.request().model(), "a chat names its model");
  }

  private static @Nullable String firstText(ChatEvent event) {
    return event instanceof ChatEvent.TextDelta delta && delta.choice() == 0 ? delta.text() : null;
  }

  private void write(Message message, BoundCall call, Ending.Completed completed)
      throws LlmAnswerException {
    ModelResponse response = completed.response();
    begin(message, call, body(call, response));
    if (response instanceof ChatResponse chat) {
      FinishReason finish = chat.finishReason();
      set(message, LlmConstants.RESPONSE_ID, chat.id());
      set(message, LlmConstants.FINISH_REASON, finish == null ? null : finish.word());
      set(message, LlmConstants.RAW_RESPONSE, chat.raw());
    }
    Usage usage = response.usage();
    CallTiming timing = completed.timing();
    set(message, LlmConstants.RESPONSE_MODEL, response.model());
    set(message, LlmConstants.INPUT_TOKENS, usage.inputTokens());
    set(message, LlmConstants.OUTPUT_TOKENS, usage.outputTokens());
    set(message, LlmConstants.CACHED_INPUT_TOKENS, usage.cachedInputTokens());
    set(message, LlmConstants.REASONING_TOKENS, usage.reasoningTokens());
    Cost cost =
        prices.cost(
            call.call().destination().provider().name(), call.call().request().model(), response);
    if (cost != null) {
      set(message, LlmConstants.COST, cost.amount());
      set(message, LlmConstants.COST_CURRENCY, cost.currency().getCurrencyCode());
    }
    set(message, LlmConstants.TIME_TO_FIRST_TOKEN, timing.timeToFirstToken());
    set(message, LlmConstants.DURATION, timing.duration());
  }

  private Object body(BoundCall call, ModelResponse response) throws LlmAnswerException {
    if (format == OutputFormat.RESPONSE) {
      return response;
    }
    if (response instanceof EmbeddingsResponse embeddings) {
      List<float[]> vectors = embeddings.vectors();
      return call.amount() == BoundCall.Amount.ONE ? vectors.get(0) : vectors;
    }
    if (response instanceof ModelsResponse models) {
      return models.models();
    }
    ChatResponse chat = (ChatResponse) response;
    if (outputClass != null) {
      return outputClass.read(chat, call.call().destination());
    }
    return format == OutputFormat.OPENAI
        ? OpenAiChatFormat.write(chat, defaults(model(call.call())))
        : chat.text();
  }

  private static void begin(Message message, BoundCall bound, Object body) {
    HeaderOverrides.consume(message);
    message.setBody(body);
    ModelCall call = bound.call();
    set(message, LlmConstants.PROVIDER, call.destination().provider().name());
    set(message, LlmConstants.REQUEST_MODEL, call.request().model());
    set(message, LlmConstants.PROMPT_VERSION, bound.promptVersion());
  }

  private static void fail(Exchange exchange, Exception failure) {
    exchange.setException(failure);
    RedeliveryDelay.ask(exchange, failure);
  }

  private static void set(Message message, String header, @Nullable Object value) {
    if (value != null) {
      message.setHeader(header, value);
    }
  }
}
