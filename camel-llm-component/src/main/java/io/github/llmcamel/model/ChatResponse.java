/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer, whole or as far as it got.
 *
 * <p>A response is the fold of its events: see {@link Builder}. Its {@code toString} names counts
 * only, never content.
 *
 * @param id the provider's id; null if it sent none, never made up, and not unique at every
 *     provider
 * @param model the model that answered, as the provider names it; null if it did not say
 * @param choices the answers by index; empty if the provider sent none
 * @param usage token counts; {@link Usage#UNKNOWN} if the provider sent none
 * @param serverTiming how long the server worked; {@link ServerTiming#UNKNOWN} if it does not say
 * @param requestId the provider's id of the request, to quote to its support; null if it sent none
 * @param rateLimits what is left of the provider's limits; {@link RateLimits#UNKNOWN} if it does
 *     not say
 * @param created when the provider began the answer, by its own clock; null if it does not say
 * @param raw the body of the reply as it came, as text; null unless it was asked for
 * @param extras further members of the answer as JSON values of the JDK, in OpenAI's form, such as
 *     {@code system_fingerprint}; empty if there are none
 */
public record ChatResponse(
    @Nullable String id,
    @Nullable String model,
    List<Choice> choices,
    Usage usage,
    ServerTiming serverTiming,
    @Nullable String requestId,
    RateLimits rateLimits,
    @Nullable Instant created,
    @Nullable String raw,
    Map<String, Object> extras)
    implements ModelResponse {

  public ChatResponse {
    choices = List.copyOf(choices);
    Objects.requireNonNull(usage, "usage");
    Objects.requireNonNull(serverTiming, "serverTiming");
    Objects.requireNonNull(rateLimits, "rateLimits");
    extras = Extras.copyOf(extras);
  }

  /** An answer of unknown time, without what only the headers of a reply say. */
  public ChatResponse(
      @Nullable String id,
      @Nullable String model,
      List<Choice> choices,
      Usage usage,
      ServerTiming serverTiming) {
    this(id, model, choices, usage, serverTiming, null, RateLimits.UNKNOWN, null, null, Map.of());
  }

  /**
   * One of the answers.
   *
   * @param index its number, from 0
   * @param text the text; empty if there is none
   * @param reasoning the reasoning text; null if there is none
   * @param refusal why the model refused; null if it did not
   * @param parts the text and what else the answer has, such as images, in order; empty if there is
   *     neither
   * @param toolCalls tools the model wants to be called, in order of appearance
   * @param citations the sources it names; empty if there are none
   * @param logProbabilities how likely its tokens were, in order; empty if the provider does not
   *     say
   * @param finishReason null while the answer is not finished
   * @param extras further members beside the message as JSON values of the JDK, in OpenAI's form;
   *     empty if there are none
   * @param messageExtras further members of the message, such as {@code audio}, likewise
   */
  public record Choice(
      int index,
      String text,
      @Nullable String reasoning,
      @Nullable String refusal,
      List<Part> parts,
      List<ToolCall> toolCalls,
      List<Citation> citations,
      List<TokenProbability> logProbabilities,
      @Nullable FinishReason finishReason,
      Map<String, Object> extras,
      Map<String, Object> messageExtras) {
    public Choice {
      Objects.requireNonNull(text, "text");
      parts = List.copyOf(parts);
      toolCalls = List.copyOf(toolCalls);
      citations = List.copyOf(citations);
      logProbabilities = List.copyOf(logProbabilities);
      extras = Extras.copyOf(extras);
      messageExtras = Extras.copyOf(messageExtras);
    }

    /** An answer that has no parts but its text, and nothing is said about it. */
    public Choice(
        int index,
        String text,
        @Nullable String reasoning,
        @Nullable String refusal,
        List<ToolCall> toolCalls,
        @Nullable FinishReason finishReason) {
      this(
          index,
          text,
          reasoning,
          refusal,
          parts(text),
          toolCalls,
          List.of(),
          List.of(),
          finishReason,
          Map.of(),
          Map.of());
    }

    /**
     * This answer as a turn of the conversation, to go on from. Reasoning and refusal are not in
     * it; what a provider wants back of them is among the parts.
     */
    public Message toMessage() {
      return new Message.Assistant(parts, toolCalls);
    }

    private static List<Part> parts(String text) {
      return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }

    @Override
    public String toString() {
      return "Choice[index=%d, finishReason=%s]".formatted(index, finishReason);
    }
  }

  /** The text of the first choice; empty if there is none. */
  public String text() {
    return choices.isEmpty() ? "" : choices.get(0).text();
  }

  /** Why the first choice ended; null if it has not. */
  public @Nullable FinishReason finishReason() {
    return choices.isEmpty() ? null : choices.get(0).finishReason();
  }

  /** This response with the body it was read from. */
  public ChatResponse withRaw(String body) {
    return new ChatResponse(
        id, model, choices, usage, serverTiming, requestId, rateLimits, created, body, extras);
  }

  @Override
  public String toString() {
    return "ChatResponse[id=%s, model=%s, choices=%d]".formatted(id, model, choices.size());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Folds events into a response, at any point of a stream. Confined to one call. */
  public static final class Builder implements ChatEvent.Cases<Builder> {
    private @Nullable String id;
    private @Nullable String model;
    private final Map<Integer, ChoiceBuilder> choices = new TreeMap<>();
    private Usage usage = Usage.UNKNOWN;
    private ServerTiming serverTiming = ServerTiming.UNKNOWN;
    private @Nullable String requestId;
    private RateLimits rateLimits = RateLimits.UNKNOWN;
    private @Nullable Instant created;
    private final Map<String, Object> extras = new LinkedHashMap<>();

    private Builder() {}

    /** Adds what the headers of the reply say, which no event does. */
    public Builder headers(@Nullable String idOfRequest, RateLimits limits) {
      requestId = idOfRequest;
      rateLimits = limits;
      return this;
    }

    /** Adds one event. */
    public Builder add(ChatEvent event) {
      return event.match(this);
    }

    @Override
    public Builder started(ChatEvent.Started event) {
      id = event.id() != null ? event.id() : id;
      model = event.model() != null ? event.model() : model;
      created = event.created() != null ? event.created() : created;
      extras.putAll(event.extras());
      return this;
    }

    @Override
    public Builder text(ChatEvent.TextDelta event) {
      choice(event.choice()).text.append(event.text());
      return this;
    }

    @Override
    public Builder reasoning(ChatEvent.ReasoningDelta event) {
      choice(event.choice()).reasoning.append(event.text());
      return this;
    }

    @Override
    public Builder refusal(ChatEvent.RefusalDelta event) {
      choice(event.choice()).refusal.append(event.text());
      return this;
    }

    @Override
    public Builder toolCall(ChatEvent.ToolCallDelta event) {
      choice(event.choice()).toolCall(event);
      return this;
    }

    @Override
    public Builder part(ChatEvent.PartReceived event) {
      choice(event.choice()).part(event.part());
      return this;
    }

    @Override
    public Builder cited(ChatEvent.Cited event) {
      choice(event.choice()).citations.add(event.citation());
      return this;
    }

    @Override
    public Builder tokensRated(ChatEvent.TokensRated event) {
      choice(event.choice()).logProbabilities.addAll(event.tokens());
      return this;
    }

    @Override
    public Builder extras(ChatEvent.ExtrasReceived event) {
      choice(event.choice()).extras(event);
      return this;
    }

    @Override
    public Builder finished(ChatEvent.Finished event) {
      choice(event.choice()).finish(event.reason());
      return this;
    }

    @Override
    public Builder usage(ChatEvent.UsageReported event) {
      usage = event.usage().over(usage);
      return this;
    }

    @Override
    public Builder timing(ChatEvent.TimingReported event) {
      serverTiming = event.timing();
      return this;
    }

    /** The response as far as the events got. */
    public ChatResponse build() {
      List<Choice> built = new ArrayList<>(choices.size());
      choices.forEach((index, choice) -> built.add(choice.build(index)));
      return new ChatResponse(
          id, model, built, usage, serverTiming, requestId, rateLimits, created, null, extras);
    }

    private ChoiceBuilder choice(int index) {
      return choices.computeIfAbsent(index, unused -> new ChoiceBuilder());
    }
  }
}
