/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a model said while answering, in the order it arrived.
 *
 * <p>Handle events with {@link #match} to be told by the compiler when a kind is added, or with
 * {@code instanceof} to ignore kinds you do not know.
 */
public sealed interface ChatEvent {

  /**
   * The answer began, or says more of itself. Carries no content and is not a first token.
   *
   * @param id the provider's id of the answer; null if it sends none
   * @param model the model that answers, as the provider names it; null if it does not say
   * @param created when the provider began it, by its own clock; null if it does not say
   * @param extras further members of the answer as JSON values of the JDK, in OpenAI's form, such
   *     as {@code system_fingerprint}; of each name the last value holds. Empty if there are none
   */
  record Started(
      @Nullable String id,
      @Nullable String model,
      @Nullable Instant created,
      Map<String, Object> extras)
      implements ChatEvent {

    public Started {
      extras = Extras.copyOf(extras);
    }

    /** The beginning of an answer that says no more of itself. */
    public Started(@Nullable String id, @Nullable String model, @Nullable Instant created) {
      this(id, model, created, Map.of());
    }

    /** The beginning of an answer whose time is not known. */
    public Started(@Nullable String id, @Nullable String model) {
      this(id, model, null, Map.of());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.started(this);
    }
  }

  /**
   * Text to append to choice {@code choice}. Never empty; may split a word, never a code point of
   * well-formed input.
   */
  record TextDelta(int choice, String text) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.text(this);
    }
  }

  /** Reasoning text to append to choice {@code choice}. Never empty. */
  record ReasoningDelta(int choice, String text) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reasoning(this);
    }
  }

  /** Text of a refusal to append to choice {@code choice}. Never empty. */
  record RefusalDelta(int choice, String text) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refusal(this);
    }
  }

  /**
   * A piece of a tool call.
   *
   * @param position which call of this choice it belongs to, 0 for the first that appeared
   * @param id the call's id; null where this piece does not bring one
   * @param name the tool's name; null where this piece does not bring one
   * @param arguments JSON text to append, of a custom tool any text; may be empty
   * @param kind what is called
   * @param extras further members to add, as in {@link ToolCall}; empty if this piece brings none
   */
  record ToolCallDelta(
      int choice,
      int position,
      @Nullable String id,
      @Nullable String name,
      String arguments,
      ToolCall.Kind kind,
      Map<String, Object> extras)
      implements ChatEvent {

    public ToolCallDelta {
      extras = Extras.copyOf(extras);
    }

    /** A piece of a call of a function. */
    public ToolCallDelta(
        int choice, int position, @Nullable String id, @Nullable String name, String arguments) {
      this(choice, position, id, name, arguments, ToolCall.Kind.FUNCTION, Map.of());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.toolCall(this);
    }
  }

  /** A whole piece of choice {@code choice} that is neither text, reasoning nor a tool call. */
  record PartReceived(int choice, Part part) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.part(this);
    }
  }

  /** A source that choice {@code choice} names. */
  record Cited(int choice, Citation citation) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.cited(this);
    }
  }

  /** How likely the next tokens of choice {@code choice} were; only where that was asked for. */
  record TokensRated(int choice, List<TokenProbability> tokens) implements ChatEvent {
    public TokensRated {
      tokens = List.copyOf(tokens);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tokensRated(this);
    }
  }

  /**
   * What else the provider says of choice {@code choice}, as JSON values of the JDK, in OpenAI's
   * form. Comes before what the same piece of the stream brings else.
   *
   * @param ofChoice members beside the message, such as {@code content_filter_results}; of each
   *     name the last value holds
   * @param ofMessage members of the message, such as {@code audio}: texts and lists go on, as in
   *     OpenAI's deltas, of all else the last value holds
   */
  record ExtrasReceived(int choice, Map<String, Object> ofChoice, Map<String, Object> ofMessage)
      implements ChatEvent {
    public ExtrasReceived {
      ofChoice = Extras.copyOf(ofChoice);
      ofMessage = Extras.copyOf(ofMessage);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.extras(this);
    }
  }

  /** Choice {@code choice} ended. Token counts may still follow. */
  record Finished(int choice, FinishReason reason) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.finished(this);
    }
  }

  /** Token counts so far. Running totals: the last known value of each count holds. */
  record UsageReported(Usage usage) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.usage(this);
    }
  }

  /** How long the server says its work took. The last one holds; few servers tell. */
  record TimingReported(ServerTiming timing) implements ChatEvent {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.timing(this);
    }
  }

  <R> R match(Cases<R> cases);

  /**
   * Whether this event brings text, reasoning, refusal, tool-call data or media: what a first token
   * is.
   */
  default boolean isContent() {
    return this instanceof TextDelta
        || this instanceof ReasoningDelta
        || this instanceof RefusalDelta
        || this instanceof ToolCallDelta
        || (this instanceof PartReceived received && received.part() instanceof Part.Media);
  }

  /** One method for each kind of event. */
  interface Cases<R> {
    R started(Started event);

    R text(TextDelta event);

    R reasoning(ReasoningDelta event);

    R refusal(RefusalDelta event);

    R toolCall(ToolCallDelta event);

    R part(PartReceived event);

    R cited(Cited event);

    R tokensRated(TokensRated event);

    R extras(ExtrasReceived event);

    R finished(Finished event);

    R usage(UsageReported event);

    R timing(TimingReported event);
  }
}
