/*
 * Copyright the camel-llm authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.llmcamel.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds the events of one choice. Confined to one call. */
final class ChoiceBuilder {

  final StringBuilder text = new StringBuilder();
  final StringBuilder reasoning = new StringBuilder();
  final StringBuilder refusal = new StringBuilder();
  final List<Citation> citations = new ArrayList<>();
  final List<TokenProbability> logProbabilities = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private int textInParts;
  private final Map<String, Object> extras = new LinkedHashMap<>();
  private final GrowingMembers messageExtras = new GrowingMembers();
  private final List<ToolCallBuilder> toolCalls = new ArrayList<>();
  private @Nullable FinishReason finishReason;

  void part(Part part) {
    closeText(parts);
    textInParts = text.length();
    parts.add(part);
  }

  void toolCall(ChatEvent.ToolCallDelta event) {
    while (toolCalls.size() <= event.position()) {
      toolCalls.add(new ToolCallBuilder());
    }
    toolCalls.get(event.position()).add(event);
  }

  void extras(ChatEvent.ExtrasReceived event) {
    extras.putAll(event.ofChoice());
    messageExtras.add(event.ofMessage());
  }

  void finish(FinishReason reason) {
    // The first word stays: gateways repeat the finish with a weaker one.
    finishReason = finishReason != null ? finishReason : reason;
  }

  ChatResponse.Choice build(int index) {
    List<Part> all = new ArrayList<>(parts);
    closeText(all);
    return new ChatResponse.Choice(
        index,
        text.toString(),
        emptyToNull(reasoning),
        emptyToNull(refusal),
        all,
        toolCalls.stream().map(ToolCallBuilder::build).toList(),
        citations,
        logProbabilities,
        finishReason(),
        extras,
        messageExtras.build());
  }

  private void closeText(List<Part> closed) {
    if (text.length() > textInParts) {
      closed.add(new Part.Text(text.substring(textInParts)));
    }
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

  private static final class ToolCallBuilder {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
    private ToolCall.Kind kind = ToolCall.Kind.FUNCTION;
    private final Map<String, Object> extras = new LinkedHashMap<>();

    private void add(ChatEvent.ToolCallDelta event) {
      id = id.isEmpty() && event.id() != null ? event.id() : id;
      name = name.isEmpty() && event.name() != null ? event.name() : name;
      arguments.append(event.arguments());
      kind = event.kind();
      extras.putAll(event.extras());
    }

    private ToolCall build() {
      boolean lacksArguments = arguments.isEmpty() && kind == ToolCall.Kind.FUNCTION;
      return new ToolCall(id, name, lacksArguments ? "{}" : arguments.toString(), kind, extras);
    }
  }
}
