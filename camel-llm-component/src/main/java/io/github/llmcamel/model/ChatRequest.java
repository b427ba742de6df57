/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model: the conversation so far and how to answer it.
 *
 * <p>Immutable. Nothing absent is sent. Its {@code toString} names counts only, never content.
 *
 * @param model the provider's name of the model; null to let the route's options decide
 * @param messages the conversation, oldest first
 * @param tools what the model may call
 * @param responseFormat the form of the answer; null leaves it to the provider
 * @param user an id of the end user for the provider's abuse detection; null sends none
 * @param extras further members of the request as JSON values of the JDK, by the provider's names;
 *     OpenAI's are translated for a provider that speaks another protocol
 */
public record ChatRequest(
    @Nullable String model,
    List<Message> messages,
    Sampling sampling,
    ToolUse tools,
    @Nullable ResponseFormat responseFormat,
    @Nullable String user,
    Map<String, Object> extras)
    implements ModelRequest {

  public ChatRequest {
    messages = List.copyOf(messages);
    Objects.requireNonNull(sampling, "sampling");
    Objects.requireNonNull(tools, "tools");
    extras = Extras.copyOf(extras);
  }

  /** A request of one user message, everything else left to the route's options. */
  public static ChatRequest of(String text) {
    return builder().message(Message.user(text)).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this request. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.model = model;
    builder.messages.addAll(messages);
    builder.sampling = sampling;
    builder.tools = tools;
    builder.responseFormat = responseFormat;
    builder.user = user;
    builder.extras.putAll(extras);
    return builder;
  }

  @Override
  public String toString() {
    return "ChatRequest[model=%s, messages=%d]".formatted(model, messages.size());
  }

  /** Collects a request; confined to one thread. */
  public static final class Builder {
    private @Nullable String model;
    private final List<Message> messages = new ArrayList<>();
    private Sampling sampling = Sampling.NONE;
    private ToolUse tools = ToolUse.NONE;
    private @Nullable ResponseFormat responseFormat;
    private @Nullable String user;
    private final Map<String, Object> extras = new LinkedHashMap<>();

    private Builder() {}

    public Builder model(@Nullable String name) {
      this.model = name;
      return this;
    }

    public Builder message(Message message) {
      messages.add(message);
      return this;
    }

    /** Adds all of {@code added} after what is there. */
    public Builder messages(List<Message> added) {
      messages.addAll(added);
      return this;
    }

    public Builder sampling(Sampling values) {
      this.sampling = values;
      return this;
    }

    public Builder tools(ToolUse use) {
      this.tools = use;
      return this;
    }

    public Builder responseFormat(@Nullable ResponseFormat format) {
      this.responseFormat = format;
      return this;
    }

    public Builder user(@Nullable String id) {
      this.user = id;
      return this;
    }

    /** Adds members; a name that is there already is replaced. */
    public Builder extras(Map<String, ?> members) {
      extras.putAll(members);
      return this;
    }

    public ChatRequest build() {
      return new ChatRequest(model, messages, sampling, tools, responseFormat, user, extras);
    }
  }
}
