/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.codec.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.llmcamel.codec.Json;
import io.github.llmcamel.model.ChatEvent;
import io.github.llmcamel.model.FinishReason;
import io.github.llmcamel.model.Usage;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the events of one answer as {@code chat.completion.chunk}s. Confined to one call. */
public final class ChunkWriter
    implements Function<ChatEvent, @Nullable String>, ChatEvent.Cases<String> {

  private final Instant created;
  private final Set<Integer> callingTools = new HashSet<>();
  private final Set<Integer> refusing = new HashSet<>();
  private boolean started;
  private @Nullable String id;
  private @Nullable String model;
  private @Nullable Usage usage;

  ChunkWriter(Instant created) {
    this.created = created;
  }

  /** The chunk that tells the event; null if there is none. */
  @Override
  public @Nullable String apply(ChatEvent event) {
    String chunk = event.match(this);
    return chunk.isEmpty() ? null : chunk;
  }

  /**
   * The chunk that ends a complete answer, with its token counts; null if none are left to tell.
   */
  public @Nullable String last() {
    Usage counts = usage;
    usage = null;
    return counts == null ? null : chunk(List.of(), UsageWriter.write(counts));
  }

  @Override
  public String started(ChatEvent.Started event) {
    id = event.id() != null ? event.id() : id;
    model = event.model() != null ? event.model() : model;
    Map<String, @Nullable Object> delta = new LinkedHashMap<>();
    if (!started) {
      started = true;
      delta.put("role", "assistant");
      delta.put("content", "");
    }
    return delta(0, delta);
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
    refusing.add(event.choice());
    return delta(event.choice(), Map.of("refusal", event.text()));
  }

  @Override
  public String toolCall(ChatEvent.ToolCallDelta event) {
    callingTools.add(event.choice());
    Map<String, @Nullable Object> function = new LinkedHashMap<>();
    if (event.name() != null) {
      function.put("name", event.name());
    }
    function.put("arguments", event.arguments());
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("index", event.position());
    if (event.id() != null) {
      call.put("id", event.id());
      call.put("type", "function");
    }
    call.put("function", function);
    return delta(event.choice(), Map.of("tool_calls", List.of(call)));
  }

  /** Nothing: the format has no place for it. */
  @Override
  public String part(ChatEvent.PartReceived event) {
    return "";
  }

  /** Nothing if the format has no place for it. */
  @Override
  public String cited(ChatEvent.Cited event) {
    List<?> annotations = Annotations.write(List.of(event.citation()));
    return annotations.isEmpty() ? "" : delta(event.choice(), Map.of("annotations", annotations));
  }

  @Override
  public String tokensRated(ChatEvent.TokensRated event) {
    boolean ofRefusal = refusing.contains(event.choice());
    Map<String, @Nullable Object> choice = choice(event.choice(), Map.of(), null);
    choice.put("logprobs", LogProbabilities.write(event.tokens(), ofRefusal));
    return chunk(List.of(choice), null);
  }

  @Override
  public String finished(ChatEvent.Finished event) {
    boolean forTools =
        event.reason().means(FinishReason.STOP) && callingTools.contains(event.choice());
    String word = forTools ? FinishReason.TOOL_CALLS.word() : event.reason().word();
    return chunk(List.of(choice(event.choice(), Map.of(), word)), null);
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

  private String delta(int index, Map<String, ? extends @Nullable Object> delta) {
    return chunk(List.of(choice(index, delta, null)), null);
  }

  private static Map<String, @Nullable Object> choice(
      int index, Map<String, ? extends @Nullable Object> delta, @Nullable String finish) {
    Map<String, @Nullable Object> choice = new LinkedHashMap<>();
    choice.put("index", index);
    choice.put("delta", delta);
    choice.put("finish_reason", finish);
    return choice;
  }

  private String chunk(List<?> choices, @Nullable Object usage) {
    Map<String, @Nullable Object> chunk = new LinkedHashMap<>();
    if (id != null) {
      chunk.put("id", id);
    }
    chunk.put("object", "chat.completion.chunk");
    chunk.put("created", created.getEpochSecond());
    if (model != null) {
      chunk.put("model", model);
    }
    chunk.put("choices", choices);
    if (usage != null) {
      chunk.put("usage", usage);
    }
    try {
      return Json.text(chunk);
    } catch (JsonProcessingException impossible) {
      // Maps, lists, strings and numbers are all that is in it.
      throw new UncheckedIOException(impossible);
    }
  }
}
