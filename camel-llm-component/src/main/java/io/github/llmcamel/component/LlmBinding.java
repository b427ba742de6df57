/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.component;

import io.github.llmcamel.client.ModelCall;
import io.github.llmcamel.codec.openai.OpenAiChatFormat;
import io.github.llmcamel.codec.openai.WrongMemberException;
import io.github.llmcamel.error.Failure;
import io.github.llmcamel.error.LlmRequestException;
import io.github.llmcamel.model.ChatRequest;
import io.github.llmcamel.model.EmbeddingsRequest;
import io.github.llmcamel.model.Message;
import io.github.llmcamel.model.ModelRequest;
import io.github.llmcamel.model.ModelsRequest;
import io.github.llmcamel.model.Part;
import io.github.llmcamel.model.ResponseFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Turns a message into a request. Thread-safe.
 *
 * <p>The one place that knows the precedence of a message: its headers, then its body where that is
 * a request of its own, then the options.
 */
final class LlmBinding {

  private final LlmSettings settings;
  private final @Nullable PromptTemplate systemMessage;
  private final @Nullable PromptTemplate userMessage;

  LlmBinding(LlmSettings settings, CamelContext context) {
    this.settings = settings;
    this.systemMessage = template(settings.systemMessage(), context);
    this.userMessage = template(settings.userMessage(), context);
  }

  private static @Nullable PromptTemplate template(@Nullable String text, CamelContext context) {
    return text == null || text.isBlank() ? null : PromptTemplate.of(text, context);
  }

  /**
   * Reads what a message asks for, and removes what an earlier call has left in it.
   *
   * @throws LlmRequestException if the message cannot be made a request
   */
  BoundCall read(Exchange exchange) throws LlmRequestException {
    try {
      HeaderOverrides.clearResults(exchange.getMessage());
      RedeliveryDelay.forget(exchange);
      return bind(exchange).cancelledBy(CancelSignal.read(exchange));
    } catch (IllegalArgumentException e) {
      String provider = settings.destination().provider().name();
      throw new LlmRequestException(
          "The message cannot be sent to %s. %s".formatted(provider, e.getMessage()),
          Failure.withoutReply(provider, settings.destination().baseUrl(), false),
          null,
          e instanceof WrongMemberException wrong ? wrong.member() : null);
    }
  }

  private BoundCall bind(Exchange exchange) {
    HeaderOverrides headers = new HeaderOverrides(exchange.getMessage());
    return switch (settings.operation()) {
      case CHAT ->
          BoundCall.one(call(exchange, chat(exchange, headers))).prompted(promptVersion(headers));
      case EMBEDDINGS -> embeddings(exchange, headers).prompted(promptVersion(headers));
      case MODELS -> BoundCall.one(call(exchange, new ModelsRequest(null)));
    };
  }

  private @Nullable String promptVersion(HeaderOverrides headers) {
    PromptVersion version = settings.promptVersion();
    boolean isOfAnotherPrompt =
        version != null
            && version.origin() == PromptVersion.Origin.COMPUTED
            && headers.havePrompt();
    return version == null || isOfAnotherPrompt ? null : version.text();
  }

  private ModelCall call(Exchange exchange, ModelRequest request) {
    return new ModelCall(
        request,
        settings.delivery(),
        settings.forwardedHeaders().addTo(settings.destination(), exchange.getMessage()),
        settings.limits(),
        settings.http(),
        settings.reading());
  }

  private BoundCall embeddings(Exchange exchange, HeaderOverrides headers) {
    String prompt = prompt(exchange, headers);
    if (prompt == null && exchange.getMessage().getBody() instanceof EmbeddingsRequest asked) {
      return embeddings(exchange, headers, asked, BoundCall.Amount.MANY);
    }
    List<String> many = prompt == null ? TextsReader.read(exchange) : null;
    List<String> texts =
        many != null ? many : List.of(prompt != null ? prompt : BodyReader.string(exchange));
    return embeddings(
        exchange,
        headers,
        new EmbeddingsRequest(null, texts, null, null, Map.of()),
        many == null ? BoundCall.Amount.ONE : BoundCall.Amount.MANY);
  }

  private BoundCall embeddings(
      Exchange exchange,
      HeaderOverrides headers,
      EmbeddingsRequest asked,
      BoundCall.Amount amount) {
    Map<String, Object> extras = new LinkedHashMap<>(settings.extras());
    extras.putAll(asked.extras());
    return new BoundCall(
        call(
            exchange,
            new EmbeddingsRequest(
                model(headers, asked.model()),
                asked.inputs(),
                first(headers.dimensions(), asked.dimensions(), settings.dimensions()),
                first(asked.user(), settings.user()),
                extras)),
        amount);
  }

  private ChatRequest chat(Exchange exchange, HeaderOverrides headers) {
    String prompt = prompt(exchange, headers);
    ChatRequest asked = asked(exchange, prompt);
    String model = model(headers, asked.model());
    settings.mediaLimit().check(asked.messages());
    Map<String, Object> extras = new LinkedHashMap<>(settings.extras());
    extras.putAll(asked.extras());
    ChatRequest request =
        ChatRequest.builder()
            .model(model)
            .messages(withSystemMessage(asked.messages(), exchange, headers))
            .sampling(headers.sampling().orElse(asked.sampling()).orElse(settings.sampling()))
            .tools(headers.tools().orElse(asked.tools()))
            .responseFormat(asked.responseFormat())
            .user(first(asked.user(), settings.user()))
            .extras(extras)
            .build();
    return withOptions(OpenAiChatFormat.typed(request));
  }

  private ChatRequest withOptions(ChatRequest asked) {
    ResponseFormat format = asked.responseFormat();
    return asked.toBuilder()
        .tools(ToolOptions.checked(asked.tools().orElse(settings.tools())))
        .responseFormat(format != null ? format : settings.responseFormat())
        .build();
  }

  private String model(HeaderOverrides headers, @Nullable String asked) {
    String model = first(headers.text(LlmConstants.MODEL), asked, settings.model());
    if (model == null) {
      throw new IllegalArgumentException(
          "No model is named. Set the option model, camel.component.llm.model, DEFAULT_MODEL, or"
              + " the header CamelLlmModel.");
    }
    return model;
  }

  private @Nullable String prompt(Exchange exchange, HeaderOverrides headers) {
    String header = headers.text(LlmConstants.USER_MESSAGE);
    String prompt = header != null || userMessage == null ? header : userMessage.evaluate(exchange);
    if (prompt != null && prompt.isBlank()) {
      throw new IllegalArgumentException("The userMessage is empty: there is nothing to ask.");
    }
    return prompt;
  }

  /**
   * A body that is a request keeps its messages, and one that is media stands beside the prompt; a
   * prompt replaces any other body.
   */
  private ChatRequest asked(Exchange exchange, @Nullable String prompt) {
    if (prompt == null) {
      return BodyReader.read(exchange, settings.bodyFormat(), settings.mediaLimit());
    }
    ChatRequest conversation =
        settings.bodyFormat() == BodyFormat.OPENAI
            ? BodyReader.read(exchange, BodyFormat.OPENAI, settings.mediaLimit())
            : BodyReader.typed(exchange.getMessage().getBody());
    return conversation == null
        ? ChatRequest.builder().message(besideBody(exchange, prompt)).build()
        : conversation.toBuilder().message(Message.user(prompt)).build();
  }

  /** First what the question is about: models answer it better in this order. */
  private Message besideBody(Exchange exchange, String prompt) {
    List<Part> parts = new ArrayList<>();
    if (settings.bodyFormat() == BodyFormat.AUTO) {
      parts.addAll(MediaReader.read(exchange, settings.mediaLimit()));
    }
    parts.add(new Part.Text(prompt));
    return new Message.User(parts, null);
  }

  private List<Message> withSystemMessage(
      List<Message> asked, Exchange exchange, HeaderOverrides headers) {
    boolean hasOwn = asked.stream().anyMatch(Message.System.class::isInstance);
    String text = headers.text(LlmConstants.SYSTEM_MESSAGE);
    if (text == null && !hasOwn && systemMessage != null) {
      text = systemMessage.evaluate(exchange);
    }
    if (text == null || text.isBlank()) {
      return asked;
    }
    List<Message> messages = new ArrayList<>(asked.size() + 1);
    messages.add(Message.system(text));
    asked.stream().filter(m -> !(m instanceof Message.System)).forEach(messages::add);
    return messages;
  }

  private static @Nullable Integer first(@Nullable Integer... candidates) {
    return Arrays.stream(candidates).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static @Nullable String first(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate;
      }
    }
    return null;
  }
}
