/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.time.Instant;
import java.util.ArrayList;
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
 */
public record ChatResponse(
    @Nullable String id,
    @Nullable String model,
    List<Choice> choices,
    Usage usage,
    ServerTiming serverTiming,
    @Nullable String requestId,
    RateLimits rateLimits,
    @Nullable Instant created)
    implements ModelResponse {

  public ChatResponse {
    choices = List.copyOf(choices);
    Objects.requireNonNull(usage, "usage");
    Objects.requireNonNull(serverTiming, "serverTiming");
    Objects.requireNonNull(rateLimits, "rateLimits");
  }

  /** An answer of unknown time, without what only the headers of a reply say. */
  public ChatResponse(
      @Nullable String id,
      @Nullable String model,
      List<Choice> choices,
      Usage usage,
      ServerTiming serverTiming) {
    this(id, model, choices, usage, serverTiming, null, RateLimits.UNKNOWN, null);
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
   * @param finishReason null while the answer is not finished
   */
  public record Choice(
      int index,
      String text,
      @Nullable String reasoning,
      @Nullable String refusal,
      List<Part> parts,
      List<ToolCall> toolCalls,
      @Nullable FinishReason finishReason) {
    public Choice {
      Objects.requireNonNull(text, "text");
      parts = List.copyOf(parts);
      toolCalls = List.copyOf(toolCalls);
    }

    /** An answer that has no parts but its text. */
    public Choice(
        int index,
        String text,
        @Nullable String reasoning,
        @Nullable String refusal,
        List<ToolCall> toolCalls,
        @Nullable FinishReason finishReason) {
      this(index, text, reasoning, refusal, parts(text), toolCalls, finishReason);
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
    public Builder finished(ChatEvent.Finished event) {
      ChoiceBuilder choice = choice(event.choice());
      // The first word stays: gateways repeat the finish with a weaker one.
      choice.finishReason = choice.finishReason != null ? choice.finishReason : event.reason();
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
          id, model, built, usage, serverTiming, requestId, rateLimits, created);
    }

    private ChoiceBuilder choice(int index) {
      return choices.computeIfAbsent(index, unused -> new ChoiceBuilder());
    }
  }

  private static final class ChoiceBuilder {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private int textInParts;
    private final List<ToolCallBuilder> toolCalls = new ArrayList<>();
    private @Nullable FinishReason finishReason;

    private void part(Part part) {
      closeText(parts);
      textInParts = text.length();
      parts.add(part);
    }

    private void closeText(List<Part> closed) {
      if (text.length() > textInParts) {
        closed.add(new Part.Text(text.substring(textInParts)));
      }
    }

    private void toolCall(ChatEvent.ToolCallDelta event) {
      while (toolCalls.size() <= event.position()) {
        toolCalls.add(new ToolCallBuilder());
      }
      toolCalls.get(event.position()).add(event);
    }

    private Choice build(int index) {
      List<Part> all = new ArrayList<>(parts);
      closeText(all);
      return new Choice(
          index,
          text.toString(),
          emptyToNull(reasoning),
          emptyToNull(refusal),
          all,
          toolCalls.stream().map(ToolCallBuilder::build).toList(),
          finishReason());
    }

    /** A model that calls a tool has stopped for it, whatever word its server uses. */
    private @Nullable FinishReason finishReason() {
      return finishReason != null && finishReason.means(FinishReason.STOP) && !toolCalls.isEmpty()
          ? FinishReason.TOOL_CALLS.saidAs(finishReason.raw())
          : finishReason;
    }

    private static @Nullable String emptyToNull(StringBuilder text) {
      return text.isEmpty() ? null : text.toString();
    }
  }

  private static final class ToolCallBuilder {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    private void add(ChatEvent.ToolCallDelta event) {
      id = id.isEmpty() && event.id() != null ? event.id() : id;
      name = name.isEmpty() && event.name() != null ? event.name() : name;
      arguments.append(event.arguments());
    }

    private ToolCall build() {
      return new ToolCall(id, name, arguments.isEmpty() ? "{}" : arguments.toString());
    }
  }
}
