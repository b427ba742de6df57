/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.codec.Members;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.TokenProbability;
import io.github.llmcamel.model.ToolCall;
import io.github.llmcamel.model.Usage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one answer as {@code chat.completion.chunk}s. Confined to one call.
 *
 * <p>Clients of OpenAI add chunks up, so each choice has its role once, in its first chunk, and its
 * finish reason once, in its last. That one waits for the end of the answer: some providers say it
 * twice, or go on after it. What is said of the next tokens goes out with them.
 */
public final class ChunkWriter
    implements Function<ChatEvent, @Nullable String>, ChatEvent.Cases<String> {

  /** What is known of one choice. */
  private static final class Choice {
    private boolean begun;
    private boolean refuses;
    private boolean callsTools;
    private @Nullable FinishReason finish;
    private final List<TokenProbability> rated = new ArrayList<>();
    private final Map<String, Object> extras = new LinkedHashMap<>();

    /** The choice in its next chunk. */
    private Map<String, @Nullable Object> write(
        int index, Map<String, ?> said, @Nullable String finishReason) {
      Map<String, @Nullable Object> delta = new LinkedHashMap<>();
      if (!begun) {
        begun = true;
        delta.put("role", "assistant");
      }
      delta.putAll(said);
      Map<String, @Nullable Object> choice = new LinkedHashMap<>();
      choice.put("index", index);
      choice.put("delta", delta);
      choice.put("logprobs", rated.isEmpty() ? null : LogProbabilities.write(rated, refuses));
      choice.put("finish_reason", finishReason);
      choice.putAll(extras);
      rated.clear();
      extras.clear();
      return choice;
    }
  }

  private final CompletionDefaults defaults;
  private final Map<Integer, Choice> choices = new TreeMap<>();
  private final Map<String, Object> extras = new LinkedHashMap<>();
  private final Map<String, Object> extrasOfNext = new LinkedHashMap<>();
  private @Nullable String id;
  private @Nullable Instant created;
  private @Nullable String model;
  private @Nullable Usage usage;

  ChunkWriter(CompletionDefaults defaults) {
    this.defaults = defaults;
  }

  /** The chunk that tells the event; null if there is none. */
  @Override
  public @Nullable String apply(ChatEvent event) {
    String chunk = event.match(this);
    return chunk.isEmpty() ? null : chunk;
  }

  /**
   * The next of the chunks that end a complete answer: for each choice why it has finished, then
   * the token counts; null if none is left.
   */
  public @Nullable String last() {
    Iterator<Map.Entry<Integer, Choice>> unfinished = choices.entrySet().iterator();
    if (unfinished.hasNext()) {
      Map.Entry<Integer, Choice> next = unfinished.next();
      unfinished.remove();
      Choice choice = next.getValue();
      String word = FinishReasons.write(choice.finish, choice.callsTools);
      return chunk(List.of(choice.write(next.getKey(), Map.of(), word)), null);
    }
    Usage counts = usage;
    usage = null;
    return counts == null ? null : chunk(List.of(), UsageWriter.write(counts));
  }

  @Override
  public String started(ChatEvent.Started event) {
    id = id != null ? id : event.id();
    created = created != null ? created : event.created();
    model = event.model() != null ? event.model() : model;
    event.extras().forEach(this::extra);
    return of(0).begun ? "" : delta(0, Map.of("content", ""));
  }

  /** Names and numbers are said in every chunk, as the model is; what is larger once. */
  private void extra(String name, Object value) {
    boolean isLarge = value instanceof Map || value instanceof List;
    (isLarge ? extrasOfNext : extras).put(name, value);
  }

  @Override
  public String text(ChatEvent.TextDelta event) {
    return delta(event.choice(), Map.of("content", event.text()));
  }

  @Override
  public String reasoning(ChatEvent.ReasoningDelta event) {
    return delta(event.choice(), Map.of("reasoning_content", event.text()));
  }

  @Override
  public String refusal(ChatEvent.RefusalDelta event) {
    of(event.choice()).refuses = true;
    return delta(event.choice(), Map.of("refusal", event.text()));
  }

  @Override
  public String toolCall(ChatEvent.ToolCallDelta event) {
    of(event.choice()).callsTools = true;
    boolean isCustom = event.kind() == ToolCall.Kind.CUSTOM;
    String type = isCustom ? "custom" : "function";
    Map<String, @Nullable Object> called = new LinkedHashMap<>();
    if (event.name() != null) {
      called.put("name", event.name());
    }
    called.put(isCustom ? "input" : "arguments", event.arguments());
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("index", event.position());
    if (event.id() != null) {
      call.put("id", event.id());
      call.put("type", type);
    }
    call.put(type, called);
    Object written = event.extras().isEmpty() ? call : Members.merged(call, event.extras());
    return delta(event.choice(), Map.of("tool_calls", List.of(written)));
  }

  /** Nothing: the format has no place for it. */
  @Override
  public String part(ChatEvent.PartReceived event) {
    return "";
  }

  /** Nothing yet of what is beside the message. */
  @Override
  public String extras(ChatEvent.ExtrasReceived event) {
    of(event.choice()).extras.putAll(event.ofChoice());
    return event.ofMessage().isEmpty() ? "" : delta(event.choice(), event.ofMessage());
  }

  /** Nothing if the format has no place for it. */
  @Override
  public String cited(ChatEvent.Cited event) {
    List<?> annotations = Annotations.write(List.of(event.citation()));
    return annotations.isEmpty() ? "" : delta(event.choice(), Map.of("annotations", annotations));
  }

  /** Nothing yet: the tokens follow. */
  @Override
  public String tokensRated(ChatEvent.TokensRated event) {
    of(event.choice()).rated.addAll(event.tokens());
    return "";
  }

  /** Nothing yet, but for a choice that has said nothing. */
  @Override
  public String finished(ChatEvent.Finished event) {
    Choice choice = of(event.choice());
    choice.finish = choice.finish != null ? choice.finish : event.reason();
    return choice.begun ? "" : delta(event.choice(), Map.of("content", ""));
  }

  /** Nothing yet: clients expect one chunk with counts, the last. */
  @Override
  public String usage(ChatEvent.UsageReported event) {
    usage = usage == null ? event.usage() : event.usage().over(usage);
    return "";
  }

  /** Nothing: clients of OpenAI look for a choice in every chunk, and this one would have none. */
  @Override
  public String timing(ChatEvent.TimingReported event) {
    return "";
  }

  private Choice of(int index) {
    return choices.computeIfAbsent(index, unused -> new Choice());
  }

  private String delta(int index, Map<String, ?> said) {
    return chunk(List.of(of(index).write(index, said, null)), null);
  }

  private String chunk(List<?> written, @Nullable Object counts) {
    // From the first chunk on they stay: all chunks of an answer have the same.
    id = id != null ? id : defaults.id();
    created = created != null ? created : defaults.created();
    Map<String, @Nullable Object> chunk = new LinkedHashMap<>();
    chunk.put("id", id);
    chunk.put("object", "chat.completion.chunk");
    chunk.put("created", created.getEpochSecond());
    chunk.put("model", model != null ? model : defaults.model());
    chunk.putAll(extras);
    chunk.putAll(extrasOfNext);
    extrasOfNext.clear();
    chunk.put("choices", written);
    chunk.put("usage", counts);
    try {
      return Json.text(chunk);
    } catch (JsonProcessingException impossible) {
      // Maps, lists, strings and numbers are all that is in it.
      throw new UncheckedIOException(impossible);
    }
  }
}
